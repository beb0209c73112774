/**
 * What a report can do beyond showing itself: search, filters, sorting, opening all, copying. It
 * runs in the page, so it is a text; all that it needs stands in attributes of the rows.
 */
export const PAGE_SCRIPT = `
"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const table = one("#features");
  if (!table) return;
  const tools = one(".tools");
  const search = one("#search");
  const type = one("#type");
  const sort = one("#sort");
  const openAll = one("#all");
  const levels = all(".tools input[type=checkbox]");
  const rows = [...table.tBodies].map((body, severity) => ({
    body,
    severity,
    name: body.querySelector("bdi").textContent,
    order: Number(body.dataset.o),
    distance: body.dataset.d === undefined ? -1 : Number(body.dataset.d),
  }));
  for (const row of rows) row.found = row.name.toLowerCase();
  const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.order - b.order);
  const orders = {
    severity: (a, b) => a.severity - b.severity,
    distance: (a, b) => b.distance - a.distance || a.severity - b.severity,
    name: byName,
    order: (a, b) => a.order - b.order,
  };
  const isShown = ({ body, found }) => {
    const wanted = levels.filter((level) => level.checked).map((level) => level.value);
    return (
      found.includes(search.value.trim().toLowerCase()) &&
      (levels.length === 0 || wanted.includes(body.className)) &&
      (type.value === "" || body.dataset.t === type.value)
    );
  };
  const filter = () => {
    let count = 0;
    for (const row of rows) {
      const shown = isShown(row);
      row.body.hidden = !shown;
      if (shown) count += 1;
    }
    one("#shown").textContent = count + " of " + rows.length;
    one("#none").hidden = count > 0;
  };
  const reorder = () => {
    table.append(...rows.toSorted(orders[sort.value]).map(({ body }) => body));
  };
  const details = ({ body }) => body.querySelector("details");
  search.addEventListener("input", filter);
  type.addEventListener("change", filter);
  sort.addEventListener("change", reorder);
  for (const level of levels) level.addEventListener("change", filter);
  tools.addEventListener("submit", (event) => event.preventDefault());
  openAll.addEventListener("click", () => {
    const open = openAll.textContent === "Open all";
    for (const row of rows) if (!row.body.hidden) details(row).open = open;
    openAll.textContent = open ? "Close all" : "Open all";
  });
  table.addEventListener("click", (event) => {
    const row = event.target.closest("tbody > tr:first-child");
    if (!row || row.closest("table") !== table || String(getSelection())) return;
    const opened = details({ body: row.parentNode });
    opened.open = !opened.open;
  });
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "/" && !target.closest("input, select")) {
      event.preventDefault();
      search.focus();
    } else if (key === "Escape" && target === search) {
      search.value = "";
      filter();
    } else if ((key === "ArrowDown" || key === "ArrowUp") && target.matches("summary")) {
      const summaries = all("#features > tbody:not([hidden]) > .t > td > details > summary");
      const next = summaries[summaries.indexOf(target) + (key === "ArrowDown" ? 1 : -1)];
      if (!next || !summaries.includes(target)) return;
      event.preventDefault();
      next.focus();
    }
  });
  const copy = (button) => {
    const records = button.closest(".o").querySelector("table");
    const lines = [...records.rows].map((row, at) =>
      [...row.cells].map((cell, i) => {
        const folder = at > 0 && i === 0 ? button.dataset.p : "";
        return folder + cell.textContent;
      }),
    );
    const text = lines.map((cells) => cells.join("\\t")).join("\\n");
    const said = (word) => {
      button.textContent = word;
    };
    const select = () => {
      getSelection().selectAllChildren(records);
      said("Selected");
    };
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(text).then(() => said("Copied"), select);
  };
  for (const button of all(".o button")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  tools.hidden = false;
  filter();
})();
`;
