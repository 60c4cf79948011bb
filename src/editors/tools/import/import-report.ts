import type { ImportPlan } from './plan-import.ts';

/** What an import found and wrote, for an editor. @param root stands before every file */
export function importReport(plan: ImportPlan, root: string, isTrial: boolean): string {
  const { id, title, sections, merged, isNew, files } = plan;
  const state = (ids: readonly string[], words: string) => (ids.length > 0 ? [`${words}: ${ids.join(', ')}`] : []);
  return [
    `${id} · ${title} · ${sections.length} avsnitt`,
    ...sections.map(({ number, heading, text }) => `  ${number.padEnd(7)} ${heading} (${wordCount(text)} ord)`),
    '',
    ...(isNew
      ? ['Ny riktlinje: skriv påståenden (claims) under varje avsnitt.']
      : [
          ...state(merged.added, 'Nya avsnitt, märkta changed: true'),
          ...state(merged.changed, 'Ändrade avsnitt, märkta changed: true, med den gamla lydelsen i earlier'),
          ...state(merged.gone, 'Avsnitt som inte finns längre, märkta gone: true'),
          ...(files.size === 0 ? ['Ingenting har ändrats sedan den lästes in.'] : []),
        ]),
    ...(files.size > 0
      ? [isTrial ? 'Skulle skriva:' : 'Skrivet:', ...[...files.keys()].map((file) => `  ${root}/${file}`)]
      : []),
  ].join('\n');
}

function wordCount(text: string): number {
  return text.match(/[\p{L}\d]+/gu)?.length ?? 0;
}
