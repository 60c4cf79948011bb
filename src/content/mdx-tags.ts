/** A component's tag in MDX, as an editor typed it. */
export interface MdxTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly kind: 'opens' | 'closes' | 'alone';
  /** Line in the file, from 1. */
  readonly line: number;
}

/** Every tag in a lesson's body, in order. `firstLine` is the body's first line in its file. */
export function tagsIn(body: string, firstLine: number): MdxTag[] {
  return [...body.matchAll(/<(\/?)([A-Za-z][\w.-]*)([^<>]*?)(\/?)>/g)].map((match) => {
    const [, slash, name = '', attributes = '', selfClosing] = match;
    return {
      name,
      attributes: new Map(
        [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
      ),
      kind: slash ? 'closes' : selfClosing ? 'alone' : 'opens',
      line: lineAt(body, match.index, firstLine),
    };
  });
}

/** The line in the file where a place in its body stands. */
export function lineAt(body: string, index: number, firstLine: number): number {
  return firstLine + body.slice(0, index).split('\n').length - 1;
}

/** The ids of an attribute that holds several, separated by blanks. */
export function idsIn(attribute: string | undefined): string[] {
  return (attribute ?? '').split(/\s+/).filter((id) => id !== '');
}
