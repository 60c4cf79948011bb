import { sourceIds } from '#content/guidelines.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import type { CheckedContent } from './check-content.ts';
import { wholeSources } from './claim-rules.ts';
import { coverageOf } from './coverage.ts';
import { formBias, percent } from './form-bias.ts';
import { minutesOfLessons, minutesOfTracks } from './minutes.ts';
import type { Content } from './read-content.ts';
import { rules } from './rules.ts';

/** What the check has to say, as lines of text. `root` stands before every file, so that a terminal can open it. */
export function reportOf(checked: CheckedContent, root: string): string {
  if (checked.ok) return summaryOf(checked.content).join('\n');
  const { mistakes, broken, unread } = checked;
  return [
    `${mistakes.length} fel i innehållet`,
    '',
    ...mistakeTable(mistakes, root),
    '',
    ...(unread ? ['Reglerna prövas när alla filer går att läsa.'] : broken.map(({ name, why }) => `${name}: ${why}`)),
    'Så skrivs innehåll: docs/how-to/write-content.md. Så prövas det: docs/how-to/check-content.md.',
  ].join('\n');
}

function mistakeTable(mistakes: readonly ContentMistake[], root: string): string[] {
  const rows = mistakes.map(({ file, field, problem, remedy }) => [`${root}/${file}`, field, problem, remedy]);
  return [['fil', 'fält', 'vad som är fel', 'så rättar du'], ...rows].map((cells) => cells.join(' · '));
}

function summaryOf(content: Content): string[] {
  const { course, glossary } = content;
  return [
    `Innehållet håller: ${rules.length} regler, ${course.lessons.length} lektioner, ${course.scenarios.size} scenarier, ${glossary.length} ord i ordlistan.`,
    ...section('Påståenden: lärs ut, prövas, utelämnas (lärt, prövat)', sourceLines(content)),
    ...wholeSources.flatMap((source) => section(`${source}: varje påstående`, claimLines(content, source))),
    ...section('Lektioner: läsning + frågor + övning = minuter', lessonLines(content)),
    ...section('Spår: lektioner + prov = minuter', trackLines(content)),
    ...section('Form: hur ofta det rätta är längst, kortast, och var det står i filen', formLines(content)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...lines.map((line) => `  ${line}`)];
}

function sourceLines(content: Content): string[] {
  const coverage = coverageOf(content);
  return [...sourceIds, 'L'].map((source) => {
    const claims = [...content.guidelines.claims.values()]
      .filter((claim) => claim.source === source)
      .map(({ id }) => id);
    const leftOut = (part: string) =>
      content.leftOut.filter((entry) => entry.part === part && claims.includes(entry.claim)).length;
    const missing = (part: 'taughtIn' | 'testedIn') => claims.filter((id) => coverage.get(id)?.[part].length === 0);
    const [untaught, untested] = [missing('taughtIn'), missing('testedIn')];
    const counts = [claims.length - untaught.length, claims.length - untested.length].map(
      (count) => `${count}/${claims.length}`,
    );
    return [
      `${source}  ${counts.join('  ')}  (${leftOut('taught')}, ${leftOut('tested')})`,
      untaught.length > 0 ? `  lärs inte ut: ${untaught.join(' ')}` : '',
      untested.length > 0 ? `  prövas inte: ${untested.join(' ')}` : '',
    ]
      .filter((line) => line !== '')
      .join('\n  ');
  });
}

function claimLines(content: Content, source: string): string[] {
  const coverage = coverageOf(content);
  const reasonFor = (id: string, part: string) => {
    const entry = content.leftOut.find(({ claim, part: other }) => claim === id && other === part);
    return entry ? `utelämnat: ${entry.reason} (${entry.note})` : 'inte';
  };
  return [...content.guidelines.claims.values()]
    .filter((claim) => claim.source === source)
    .map(({ id }) => {
      const { taughtIn = [], testedIn = [] } = coverage.get(id) ?? {};
      const taught = taughtIn.join(', ') || reasonFor(id, 'taught');
      const tested = testedIn.join(', ') || reasonFor(id, 'tested');
      return `${id.padEnd(9)} lärs ut: ${taught} · prövas: ${tested}`;
    });
}

function lessonLines(content: Content): string[] {
  return minutesOfLessons(content).map(
    ({ slug, reading, practice, exercise }) =>
      `${slug.padEnd(32)} ${reading.toFixed(2)} + ${practice.toFixed(2)} + ${exercise.toFixed(2)} = ${(reading + practice + exercise).toFixed(2)}`,
  );
}

function trackLines(content: Content): string[] {
  return minutesOfTracks(content).map(
    ({ track, lessons, exam }) =>
      `${track.category.padEnd(16)} ${lessons.toFixed(2)} + ${exam.toFixed(2)} = ${(lessons + exam).toFixed(2)} av högst ${track.atMostMinutes}`,
  );
}

function formLines(content: Content): string[] {
  return [['choose-one', 'choose-all'], ['choose-one'], ['choose-all']].map((kinds) => {
    const { items, longest, shortest, positions } = formBias(content, kinds);
    const places = positions.map((share, place) => `${place + 1}: ${percent(share)}`).join(', ');
    return `${kinds.join(' och ').padEnd(25)} ${items} st · längst ${percent(longest)} · kortast ${percent(shortest)} · plats ${places}`;
  });
}
