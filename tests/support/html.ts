/** Just enough of HTML for pages that we make ourselves: attributes in double quotes, entities as Astro writes them. */

export type Attributes = Readonly<Record<string, string>>;

/** Every start tag of these names, with its attributes as they are meant. */
export function tagsOf(html: string, ...names: readonly string[]): Attributes[] {
  const tags = html.matchAll(new RegExp(`<(?:${names.join('|')})((?:\\s+[^\\s=>"]+(?:="[^"]*")?)*)\\s*/?>`, 'g'));
  return [...tags].map(([, text = '']) =>
    Object.fromEntries(
      [...text.matchAll(/([^\s=>"]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, unescaped(value)]),
    ),
  );
}

/** The text of the element with this id, or of the first that has this class. */
export function textOf(html: string, key: { readonly id: string } | { readonly class: string }): string | undefined {
  const attribute = 'id' in key ? `id="${key.id}"` : `class="(?:[^"]* )?${key.class}(?: [^"]*)?"`;
  const start = new RegExp(`<(\\w+)[^>]*\\s${attribute}[^>]*>`).exec(html);
  if (!start) return undefined;
  const rest = html.slice(start.index + start[0].length);
  return plain(rest.slice(0, rest.indexOf(`</${start[1]}>`)));
}

/** All that is written on the page. */
export function plain(html: string): string {
  return unescaped(html.replace(/<script.*?<\/script>/gs, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

export function heading(html: string): string {
  return plain(/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '');
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };
  return text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
    .replace(/&(quot|amp|lt|gt|apos);/g, (_, name: string) => entities[name] ?? '');
}

/** The page without what stands between quotation marks, where a value may hold anything but one of them. */
export function withoutValues(html: string): string {
  return html.replace(/="[^"]*"/g, '=""');
}
