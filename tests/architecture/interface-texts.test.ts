import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { languages } from '#domain/kernel/language.ts';
import { hole, isWithin, jsxOf, type Literal, literalsIn, trees } from './literals.ts';
import { type SourceFile, sources } from './source-files.ts';

type Texts = Readonly<Record<string, string>>;

const textsIn = (language: string): Texts => JSON.parse(readFileSync(`content/ui/${language}.json`, 'utf8'));
const sv = textsIn('sv');
const literals = sources.flatMap(literalsIn);
const written = new Set(literals.map(({ text }) => text));

const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

interface Asked extends Literal {
  /** The values that are given with it, as far as they are written there. */
  readonly values: readonly string[] | 'unknown';
}

/** Texts that the code asks for: `t('…')`, `say('…')`, `translate(language)('…')`. */
const asked: readonly Asked[] = literals.flatMap((literal) => {
  const call = literal.node.parent;
  if (!call || !ts.isCallExpression(call) || call.arguments[0] !== literal.node) return [];
  const callee = call.expression;
  const isTranslate = ts.isIdentifier(callee)
    ? ['t', 'say'].includes(callee.text)
    : ts.isCallExpression(callee) && callee.expression.getText() === 'translate';
  if (!isTranslate) return [];
  return [{ ...literal, values: valuesOf(call.arguments[1]) }];
});

function valuesOf(argument: ts.Expression | undefined): readonly string[] | 'unknown' {
  if (!argument) return [];
  if (!ts.isObjectLiteralExpression(argument)) return 'unknown';
  const names = argument.properties.map((property) => property.name?.getText());
  return names.every((name) => name !== undefined) ? names : 'unknown';
}

/** The keys that `refusal.${reason}` may be: those whose middle is written somewhere in the code. */
function keysOf(template: string): string[] {
  const escaped = template.split(hole).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${escaped.join('(.+)')}$`);
  return Object.keys(sv).filter((key) =>
    pattern
      .exec(key)
      ?.slice(1)
      .every((part) => written.has(part)),
  );
}

describe('the keys', () => {
  test('that the code asks for are there', () => {
    expect(asked.length).toBeGreaterThan(150);
    const missing = asked.filter(({ text }) => (text.includes(hole) ? keysOf(text).length === 0 : !(text in sv)));
    expect(missing.map(({ file, text }) => `${file.path}: ${text}`)).toEqual([]);
  });

  test('that are there are asked for', () => {
    const used = new Set(
      literals.flatMap(({ text }) => (text.includes(hole) ? (text.includes('.') ? keysOf(text) : []) : text)),
    );
    expect(Object.keys(sv).filter((key) => !used.has(key))).toEqual([]);
  });

  test('get a value for every place in their text', () => {
    // The exam counts in the browser and fills the place there (src/islands/Exam.tsx).
    const filledLater = ['exam.missing'];
    const empty = asked.flatMap(({ file, text, values }) => {
      if (values === 'unknown' || filledLater.includes(text)) return [];
      const keys = text.includes(hole) ? [] : [text];
      return keys.flatMap((key) =>
        places(sv[key] ?? '')
          .filter((name) => !values.includes(name ?? ''))
          .map((name) => `${file.path}: ${key} {${name}}`),
      );
    });
    expect(empty).toEqual([]);
  });
});

describe('the languages', () => {
  test('are the only files beside each other', () => {
    expect(readdirSync('content/ui').sort()).toEqual(languages.map((language) => `${language}.json`).sort());
  });

  test.for(languages.filter((language) => language !== 'sv'))(
    '%s has no key that Swedish has not, and the same places in each text',
    (language) => {
      const texts = textsIn(language);
      expect(Object.keys(texts).filter((key) => !(key in sv))).toEqual([]);
      const different = Object.entries(texts).filter(
        ([key, text]) => places(text).join() !== places(sv[key] ?? '').join(),
      );
      expect(different.map(([key]) => key)).toEqual([]);
      expect(
        Object.entries(texts)
          .filter(([, text]) => text.trim() === '')
          .map(([key]) => key),
      ).toEqual([]);
    },
  );

  test('are written without what a template or a keyboard left behind', () => {
    const odd = languages.flatMap((language) =>
      Object.entries(textsIn(language))
        .filter(([, text]) => / {2}|\s$|^\s|\$\{|\{\s|\s\}|undefined|<\w/.test(text))
        .map(([key]) => `${language}: ${key}`),
    );
    expect(odd).toEqual([]);
  });
});

describe('no interface text is typed in code', () => {
  const shown = sources.filter(({ path }) => /\.(astro|tsx)$/.test(path));

  test('every page and component can be read as JSX, so that nothing slips by', () => {
    const options = {
      reportDiagnostics: true,
      compilerOptions: { jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext },
    };
    const unread = shown.filter(({ path, template }) => {
      if (!path.endsWith('.astro') || template.trim() === '') return false;
      return ts.transpileModule(jsxOf(template), { ...options, fileName: 'x.tsx' }).diagnostics?.length !== 0;
    });
    expect(unread.map(({ path }) => path)).toEqual([]);
  });

  test('between tags', () => {
    expect(shown.flatMap((file) => jsxTexts(file).map((text) => `${file.path}: ${text}`))).toEqual([]);
  });

  test('in attributes that are shown or read out', () => {
    const attributes = [
      'title',
      'alt',
      'aria-label',
      'aria-description',
      'placeholder',
      'label',
      'hint',
      'text',
      'description',
      'summary',
    ];
    const found = shown.flatMap(literalsIn).filter(({ node, text }) => {
      const attribute = node.parent;
      return ts.isJsxAttribute(attribute) && attributes.includes(attribute.name.getText()) && /\p{L}/u.test(text);
    });
    expect(found.map(({ file, text }) => `${file.path}: ${text}`)).toEqual([]);
  });

  test('in strings, but for what an editor is told who has made a mistake', () => {
    const found = shown.flatMap(literalsIn).filter(({ node, text }) => {
      const isProse = /[åäöÅÄÖ]/.test(text) || /^\p{Lu}\p{Ll}+ \p{L}/u.test(text);
      return isProse && !isWithin(node, ts.isThrowStatement);
    });
    expect(found.map(({ file, text }) => `${file.path}: ${text}`)).toEqual([]);
  });
});

function jsxTexts(file: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    ts.forEachChild(node, visit);
  };
  for (const tree of trees(file)) visit(tree);
  return found;
}
