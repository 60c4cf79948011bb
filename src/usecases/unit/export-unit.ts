import type { ActingPerson } from '#domain/access/grant-days.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Table } from '#domain/kernel/cells.ts';
import { fileNamePart } from '#domain/kernel/file-name.ts';
import type { NodeId } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import { hasLastDay } from '#domain/unit/unit-view.ts';
import { readUnitQuery, unitFields } from '#forms/unit/unit-form.ts';
import { translate } from '#i18n/translate.ts';
import { progressText, stateText } from '#i18n/unit-words.ts';
import type { Services } from '#src/services.ts';
import { readSearch } from './hidden-search.ts';
import { viewUnit } from './view-unit.ts';

/**
 * What a unit's page shows, with the same choice of rows, as a table. Who has no name on the page is not in the file: those
 * with protected identity, and on a past day those who have left. The file says which unit and day it is about: many lie in one
 * folder.
 */
export async function exportUnit(
  needs: Pick<Services, 'store' | 'audit' | 'clock' | 'course' | 'assignmentRules' | 'secrets'>,
  actor: ActingPerson,
  id: NodeId,
  params: URLSearchParams,
  language: Language,
): Promise<{ readonly table: Table; readonly fileName: string } | undefined> {
  const query = readUnitQuery(params, readSearch(needs, actor, params.get(unitFields.search)), dateOf(needs.clock()));
  const view = await viewUnit(needs, actor, id, query, 'export-list');
  if (!view) return undefined;
  const t = translate(language);
  const columns = ['name', 'category', 'track', 'progress', 'due', 'passed', 'valid', 'state', 'unit', 'asOf'] as const;
  const barred = new Set(view.barred.map(({ id }) => id));
  const table: Table = {
    name: t('unit.sheet', { date: view.day }),
    columns: [...columns.map((column) => t(`unit.column.${column}`)), t('unit.column.alone', { date: view.day })],
    rows: view.rows
      .filter(({ nameless }) => nameless === undefined)
      .map((row) => [
        row.name ?? '',
        t(`track.${row.category}`),
        row.track ? t(`track.${row.track}`) : '',
        row.track ? progressText(row.progress, t) : '',
        hasLastDay(row) ? (row.due ?? '') : '',
        row.passedOn ?? '',
        row.validUntil ?? '',
        stateText(row, t, language),
        view.unit.name,
        view.asOf,
        barred.has(row.id) ? t('unit.file.barred') : '',
      ]),
  };
  return { table, fileName: `${t('unit.file.name')}-${fileNamePart(view.unit.name)}-${view.day}` };
}
