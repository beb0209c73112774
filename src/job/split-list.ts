/** Splits at commas outside double quotes; a repeated option adds to its list. */
export function splitList(text: string, before: readonly string[] = []): string[] {
  const cells = text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g);
  return [
    ...before,
    ...[...cells].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare!),
  ];
}
