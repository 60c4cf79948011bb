import type { ContentMistake } from '#content/read-yaml.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import type { Content } from './read-content.ts';

/**
 * How often form alone would give the key away, over the whole bank of choices. An item with several right options
 * counts as “longest” when its longest option is one of them.
 */
export interface FormBias {
  readonly items: number;
  /** Share of the items whose longest option is right, 0–1. Length is counted in characters: it is what one sees. */
  readonly longest: number;
  readonly shortest: number;
  /** Share of the right options that stand first, second … in the file. */
  readonly positions: readonly number[];
}

/** Of three options one is right: chance alone gives a third. Above these shares guessing by form begins to pay. */
const most = { longest: 0.4, shortest: 0.45, position: 0.45 };

export function formBias(
  { course }: Content,
  kinds = ['choose-one', 'choose-all'],
  language: Language = 'sv',
): FormBias {
  let items = 0;
  let longest = 0;
  let shortest = 0;
  const positions: number[] = [];
  for (const scenario of course.scenarios.values()) {
    const words = course.texts.get(scenario.id)?.[language]?.options;
    if (!('options' in scenario) || !words || !kinds.includes(scenario.kind)) continue;
    const options = scenario.options.map(({ id, right }) => ({ right, length: words[id]?.text.length ?? 0 }));
    const lengths = options.map(({ length }) => length);
    const allRight = (length: number) => options.every((option) => option.length !== length || option.right);
    items += 1;
    if (allRight(Math.max(...lengths))) longest += 1;
    if (allRight(Math.min(...lengths))) shortest += 1;
    for (const [place, { right }] of options.entries()) positions[place] = (positions[place] ?? 0) + Number(right);
  }
  const rights = positions.reduce((sum, count) => sum + count, 0);
  return {
    items,
    longest: longest / Math.max(items, 1),
    shortest: shortest / Math.max(items, 1),
    positions: positions.map((count) => count / Math.max(rights, 1)),
  };
}

/** In every language: a translation must not give away what the Swedish text hides. */
export function formGivesNothingAway(content: Content): ContentMistake[] {
  return languages.flatMap((language) => {
    const bias = formBias(content, undefined, language);
    const at = (field: string, share: number, limit: number, remedy: string) =>
      share > limit
        ? [
            {
              file: 'courses/sekretess/scenarios',
              field: `${field} (${language})`,
              problem: `${percent(share)} av ${bias.items}; högst ${percent(limit)}`,
              remedy,
            },
          ]
        : [];
    return [
      ...at('det rätta är längst', bias.longest, most.longest, 'korta rätta alternativ, eller förläng felaktiga'),
      ...at('det rätta är kortast', bias.shortest, most.shortest, 'förläng rätta alternativ, eller korta felaktiga'),
      // The places are those of the file: the same in every language.
      ...(language === 'sv' ? bias.positions : []).flatMap((share, place) =>
        at(
          `det rätta står på plats ${place + 1}`,
          share,
          most.position,
          'flytta det rätta alternativet i några scenarier',
        ),
      ),
    ];
  });
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
