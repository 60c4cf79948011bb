import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';
import { judgedIncomplete } from './judged-incomplete.ts';

declare global {
  interface Window {
    axe: typeof axeCore;
  }
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules whose outcome the colour scheme can change: all else is the same in both, and is looked at in light colours. */
const rulesAboutColour = ['color-contrast', 'link-in-text-block'];

type Extent = 'everything' | 'colours';

/** One element that a rule has something to say about. */
export interface Finding {
  readonly rule: string;
  readonly selector: string;
  /** Why axe could not tell (its message key), or what is wrong. */
  readonly reason: string;
  readonly html: string;
}

export interface AxeReport {
  /** Certain mistakes. */
  readonly violations: readonly Finding[];
  /** What axe leaves to people, and nobody has judged. */
  readonly unjudged: readonly Finding[];
  /** Indexes in `judgedIncomplete` of the judgements that were needed. */
  readonly used: readonly number[];
}

/**
 * Runs axe on the page as it stands, in a window as high as the page: a bar that sticks to the bottom covers something at
 * every height, and other tests see to what it covers.
 */
export async function runAxe(page: Page, extent: Extent = 'everything'): Promise<AxeReport> {
  const { width } = page.viewportSize() ?? { width: 360 };
  await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  // Not a <script>: the site's CSP lets no foreign ones in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const runOnly = extent === 'everything' ? { type: 'tag', values: tags } : { type: 'rule', values: rulesAboutColour };
  const found = await page.evaluate(async (run) => {
    const results = await window.axe.run(document, {
      runOnly: run as axeCore.RunOnly,
      resultTypes: ['violations', 'incomplete'],
    });
    const nodes = (list: typeof results.violations) =>
      list.flatMap((result) =>
        result.nodes.map((node) => {
          const keys = [...node.any, ...node.all, ...node.none].flatMap(({ data }) => data?.messageKey ?? []);
          return {
            rule: result.id,
            selector: node.target.join(' '),
            reason: keys.length > 0 ? keys.join(' ') : (node.failureSummary ?? ''),
            html: node.html.slice(0, 160),
          };
        }),
      );
    return { violations: nodes(results.violations), incomplete: nodes(results.incomplete) };
  }, runOnly);

  const used = new Set<number>();
  const unjudged: Finding[] = [];
  for (const finding of found.incomplete) {
    const index = await judgementOf(page, finding);
    if (index === -1) unjudged.push(finding);
    else used.add(index);
  }
  return { violations: found.violations, unjudged, used: [...used] };
}

async function judgementOf(page: Page, finding: Finding): Promise<number> {
  const selectors = judgedIncomplete.map(({ selector }) => selector);
  const matching = await page.evaluate(
    ([target, patterns]) => patterns.map((pattern) => document.querySelector(target)?.matches(pattern) ?? false),
    [finding.selector, selectors] as const,
  );
  return judgedIncomplete.findIndex(
    ({ rule, because }, index) => matching[index] && rule === finding.rule && finding.reason.startsWith(because),
  );
}
