import { courseFile } from '#content/files.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import { examItems, paperItems, type Track } from '#domain/course/course.ts';
import type { Scenario, Theme } from '#domain/course/scenario.ts';
import type { Content } from './read-content.ts';

/** Themes that every exam asks about, and that the bank is rich in (docs/design.md#the-exam). */
const chiefThemes: readonly Theme[] = ['social-media', 'journalists', 'relatives'];
const fewestScenarios = 140;
const fewestOfChiefTheme = 8;
/** Twice as many candidates as are drawn: the next attempt can get others (docs/design.md#the-exam). */
const candidatesForEach = 2;

export function bankIsLargeEnough({ course }: Content): ContentMistake[] {
  const scenarios = [...course.scenarios.values()];
  const at = { file: 'courses/sekretess/scenarios', remedy: 'skriv fler' };
  const few = chiefThemes
    .map((theme) => ({ theme, count: scenarios.filter((scenario) => scenario.theme === theme).length }))
    .filter(({ count }) => count < fewestOfChiefTheme)
    .map(({ theme, count }) => ({ ...at, field: theme, problem: `${count} scenarier av minst ${fewestOfChiefTheme}` }));
  if (scenarios.length >= fewestScenarios) return few;
  return [{ ...at, field: '-', problem: `${scenarios.length} scenarier av minst ${fewestScenarios}` }, ...few];
}

export function examsCanBeDrawn({ course }: Content): ContentMistake[] {
  return Object.values(course.tracks).flatMap((track) =>
    track.blueprint.flatMap(({ themes, count }, place) => {
      const among = (bank: readonly Scenario[]) => bank.filter(({ theme }) => themes.includes(theme)).length;
      const at = {
        file: courseFile,
        field: `tracks.${track.category}.blueprint.${place}`,
        remedy: `skriv fler för ${track.category} på spårets lektioner, eller dra färre`,
      };
      const candidates = among(examItems(course, track));
      const onPaper = among(paperItems(course, track));
      return [
        ...(candidates < count * candidatesForEach
          ? [
              {
                ...at,
                problem: `${themes.join(', ')}: ${candidates} provfrågor att dra ${count} ur; det ska finnas minst ${count * candidatesForEach}`,
              },
            ]
          : []),
        ...(onPaper < count
          ? [{ ...at, problem: `${themes.join(', ')}: ${onPaper} provfrågor som går att göra på papper, av ${count}` }]
          : []),
      ];
    }),
  );
}

export function examsAskWhatTheyMust({ course }: Content): ContentMistake[] {
  return Object.values(course.tracks).flatMap((track) => {
    const at = { file: courseFile, field: `tracks.${track.category}.blueprint` };
    const total = track.blueprint.reduce((sum, { count }) => sum + count, 0);
    const fewest = fewestItems(track);
    const short = total < fewest ? [{ ...at, problem: `${total} frågor av minst ${fewest}`, remedy: 'dra fler' }] : [];
    const missing = chiefThemes
      .filter((theme) => !track.blueprint.some(({ themes }) => themes.every((other) => other === theme)))
      .map((theme) => ({
        ...at,
        problem: `inget prov är säkert på att fråga om ${theme}`,
        remedy: `lägg till { themes: [${theme}], count: 1 }`,
      }));
    return [
      ...short,
      ...missing,
      ...sharedThemes(track).map((theme) => ({ ...at, problem: `${theme} står i två delar`, remedy: 'slå ihop dem' })),
    ];
  });
}

/** An exam may ask about every lesson that its track requires: one that it cannot ask about need not be read. */
export function examsCoverTheirLessons({ course }: Content): ContentMistake[] {
  return Object.values(course.tracks).flatMap((track) => {
    const asked = new Set(
      examItems(course, track)
        .filter(({ theme }) => track.blueprint.some(({ themes }) => themes.includes(theme)))
        .map(({ lesson }) => lesson),
    );
    // A lesson that does not exist is named by another rule.
    return track.required
      .filter((slug) => course.lessons.includes(slug) && !asked.has(slug))
      .map((slug) => ({
        file: courseFile,
        field: `tracks.${track.category}.required`,
        problem: `inget prov kan fråga om lektionen ${slug}`,
        remedy: 'skriv provfrågor på den, eller ta med deras tema i blueprint',
      }));
  });
}

function fewestItems({ category }: Track): number {
  return category === 'summer-worker' ? 10 : 15;
}

/** A theme in two parts: one part could take the other's candidates. */
function sharedThemes({ blueprint }: Track): Theme[] {
  const all = blueprint.flatMap(({ themes }) => themes);
  return [...new Set(all.filter((theme, place) => all.indexOf(theme) < place))];
}
