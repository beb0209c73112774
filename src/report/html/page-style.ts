/**
 * The style of a report. Two colours speak: the accent is the current side, the alarm is what is
 * violated or moved; both reach 4.5:1 on every ground that they stand on, by day and by night.
 *
 * Single letters are levels (v violated, a advisory, u not judged, p passed) on rows, and sides (p
 * baseline, q current) on paths; the page is small because its rows are.
 */
export const PAGE_STYLE = `
:root{--bg:#fff;--soft:#f5f6f8;--line:#dfe3e8;--text:#1b1f26;--mute:#59616e;--base:#a3abb8;
--accent:#0a5fc0;--alarm:#b8231b;--wash:#fdf1f0;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--bg:#14171b;--soft:#1c2026;--line:#333942;--text:#e8eaee;
--mute:#a5adba;--base:#697382;--accent:#69b1ff;--alarm:#ff8b82;--wash:#2a1d1f}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0 auto;padding:28px 24px 40px;max-width:1240px;background:var(--bg);color:var(--text);
font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
p,h1,h2,h3,ul,dl,dd,figure{margin:0}
h2{font-size:15px;margin-bottom:6px}h3{font-size:13px;margin-bottom:4px}
ul{padding:0;list-style:none}
code{font:12px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
small,.u,.brand{color:var(--mute)}
.r{color:var(--alarm);font-weight:600}
a,summary,button,select,input{accent-color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.brand{font-size:13px}
h1{font-size:25px;line-height:1.25;font-weight:640;letter-spacing:-.01em;margin:6px 0 8px;
text-wrap:balance}
.badge{display:inline-block;font-size:13px;font-weight:650;letter-spacing:.02em;padding:2px 9px;
border-radius:99px;vertical-align:4px;border:1px solid;margin-right:4px}
.badge.v{background:var(--alarm);border-color:var(--alarm);color:var(--bg)}
.badge.p{color:var(--accent)}.badge.u{color:var(--mute)}
.lead{max-width:96ch;color:var(--mute)}
.counters{display:grid;grid-template-columns:repeat(4,1fr);margin:20px 0 16px;
border-top:2px solid var(--text)}
.counters div{padding:10px 16px 10px 0}
.counters div+div{padding-left:16px;border-left:1px solid var(--line)}
dt{color:var(--mute)}
.counters dd{font-size:28px;line-height:1.2;font-weight:600}
.counters small{display:block;font-size:12.5px;line-height:1.4;font-weight:400}
.tools{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;padding:10px 0;position:sticky;
top:0;z-index:1;background:var(--bg);border-bottom:1px solid var(--line)}
.tools label{color:var(--mute)}
.tools output{margin-left:auto;color:var(--mute)}
input[type=search],select,button{font:inherit;color:var(--text);background:var(--bg);
border:1px solid var(--base);border-radius:5px;padding:4px 8px;min-height:30px}
input[type=search]{width:170px}
button{cursor:pointer}button:hover{background:var(--soft)}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 12px}
legend{position:absolute;clip-path:inset(50%)}
fieldset label{display:inline-flex;gap:5px;align-items:center}
fieldset span.v{color:var(--alarm)}fieldset span.a{color:var(--accent)}
table{border-collapse:collapse}
th{font-weight:500;text-align:left}
td,th{padding:1px 12px 1px 0;vertical-align:top}
#features{width:100%;table-layout:fixed}
#features>thead th{color:var(--mute);font-size:12.5px;padding:8px 12px 4px 0}
#features>thead th:nth-child(1){width:22%}
#features.check>thead th:nth-child(1){width:18.5%}
#features.check>thead th:nth-child(3){width:9.5%}
#features.check>thead th:nth-child(2n+2){width:13%}
#features.check>thead th:nth-child(n+5){width:10.5%}
#features.check>thead th:nth-child(n+7){width:12.5%}
#features>tbody>tr>th{font-weight:600;font-size:15px}
#features>tbody>tr>th small{font-weight:400;font-size:12.5px;margin-left:8px;white-space:nowrap}
#features>tbody{border-top:1px solid var(--line)}
#features>tbody>tr:first-child>*{padding-top:9px}
#features>tbody>tr:first-child{cursor:default}
#features>tbody:hover{background:var(--soft)}
#features>tbody>tr>:first-child{padding-left:14px;border-left:3px solid transparent}
#features>tbody.v>tr>:first-child{border-left-color:var(--alarm)}
#features>tbody.a>tr>:first-child{border-left-color:var(--accent)}
.v>tr>.j{color:var(--alarm)}.a>tr>.j{color:var(--accent)}.u>tr>.j,.check>.p>tr>.j{color:var(--mute)}
.j:before{margin-right:6px}
.v>tr>.j:before{content:"●"}.a>tr>.j:before{content:"◐"}.u>tr>.j:before{content:"◌"}
.check>.p>tr>.j:before{content:"✓"}
.j:before{float:left}.j div{white-space:nowrap;margin-left:19px}
.n{white-space:nowrap}
#features.check>thead th:nth-child(3),.check>tbody>tr>td:nth-child(3){text-align:right;
padding-right:18px}
.k,.l{width:89px;height:20px;display:block;fill:var(--base)}.k.q{fill:var(--accent)}
.l path{stroke:var(--base);stroke-width:24}.l.q path{stroke:var(--accent)}
.t>td{padding:2px 12px 9px 14px}
summary{cursor:pointer;color:var(--mute)}
.t>td>details>summary{color:var(--text)}
.d{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:18px 28px;padding:14px 0 10px;
color:var(--text);align-items:start}
.z{grid-row:span 2}
.d .w{grid-column:1/-1}
.d table{font-size:13px}
.d table th,.d table td{padding:1px 10px 1px 0}
.d thead th,.d thead td{color:var(--mute)}
.z td,.z thead th,figure table td,figure thead th+th,section td{text-align:right}
figure thead th{white-space:nowrap}
.o td,.o th,aside td{text-align:left;white-space:nowrap}
.o table{font-size:12.5px}.o td,.o th{padding-right:18px}
.h{overflow-x:auto;margin-top:4px}
figure .a,figure.a{grid-column:span 2}
figure.a th{max-width:280px;font-weight:400}
figure.a svg{width:201px;height:12px;display:block;margin-top:4px}
svg.c{display:block;max-width:100%;height:auto}
svg text{font-size:11px;fill:var(--mute)}svg .e{text-anchor:end}svg .m{text-anchor:middle}
svg .s{font-size:9px;fill:var(--text)}
use.q{transform:translateY(158px) scaleY(-1)}
use.p,path.p{fill:var(--base)}use.q,path.q{fill:var(--accent)}text.q{fill:var(--accent)}
path.x{stroke:var(--line);fill:none}
.i1,.i2,.i3,.i4{fill:var(--accent);opacity:.1}.i2{opacity:.22}.i3{opacity:.36}.i4{opacity:.5}
path.l{fill:none;stroke-width:1.6}path.l.p{stroke:var(--base)}path.l.q{stroke:var(--accent)}
path.g{stroke:var(--mute);stroke-width:2;fill:none}
path.g.v{stroke:var(--alarm)}text.g.v{fill:var(--alarm)}
text.g{font-weight:600;paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
.d li{padding:5px 0 5px 14px;border-left:3px solid var(--line);margin-bottom:6px}
.d li.v{border-color:var(--alarm)}.d li p{color:var(--mute)}
.d li.p{padding:0 0 0 14px;margin-bottom:2px}.d li.p .f{display:inline;margin-left:8px}
.d .f{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12.5px;
color:var(--text)}
.d li.p .f{color:var(--mute)}
.y{min-height:0;padding:0 8px;font-size:12.5px}
dl:not(.counters){display:grid;grid-template-columns:max-content 1fr;gap:1px 12px;font-size:13px}
aside{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:20px 32px;margin-top:32px;
padding-top:16px;border-top:1px solid var(--line)}
aside .w{grid-column:1/-1}aside li{padding:1px 0}
footer{margin-top:28px;color:var(--mute);font-size:12.5px}
@media(max-width:990px){
body{padding:18px 16px 32px}h1{font-size:21px}
.counters{grid-template-columns:1fr 1fr}
.counters div+div{border-left:0;padding-left:0}
.counters div:nth-child(even){border-left:1px solid var(--line);padding-left:14px}
.tools{position:static}.tools output{margin-left:0}
.tools>label{flex:1 1 40%;display:flex;gap:8px;align-items:center;white-space:nowrap}
.tools>label:first-child{flex-basis:100%}.tools>label>*{flex:1;min-width:0}
.check>tbody>tr>td:nth-child(3){text-align:left}
#features,#features>tbody,#features>tbody>tr.t,#features>tbody>tr.t>td{display:block}
#features>thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
#features>tbody>tr:first-child{display:grid;grid-template-columns:repeat(6,1fr);gap:2px 8px;
padding:9px 0 2px 11px}
#features>tbody>tr:first-child>*{padding:0!important;border:0!important;grid-column:span 2}
#features>tbody>tr:first-child>th{grid-column:1/-1}
#features>tbody>tr:first-child>td:nth-child(n+5){grid-column:span 3}
#features>tbody>tr.t>td{padding-left:11px;border:0!important}
#features>tbody{border-left:3px solid transparent;padding-left:0}
#features>tbody.v{border-left-color:var(--alarm)}#features>tbody.a{border-left-color:var(--accent)}
.n{white-space:normal}
.check td:nth-child(7):before{content:"missing ";color:var(--mute)}
.check td:nth-child(8):not(:empty):before{content:"zeros ";color:var(--mute)}
.profile td:nth-child(3):before{content:"values ";color:var(--mute)}
.profile td:nth-child(4):before{content:"distinct ";color:var(--mute)}
.profile td:nth-child(6):before{content:"missing ";color:var(--mute)}
.profile td:nth-child(7):not(:empty):before{content:"zeros ";color:var(--mute)}
.k,.l{width:142px;height:32px}
.d,aside{grid-template-columns:minmax(0,1fr)}figure.a{grid-column:auto}
figure.a svg{width:72px}
}
@media print{body{max-width:none;padding:0;font-size:11px}.tools,.y{display:none}
tbody{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
