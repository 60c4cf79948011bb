import type { APIRoute } from 'astro';
import type { NodeId } from '#domain/kernel/ids.ts';
import { exportUnit } from '#usecases/unit/export-unit.ts';

/** The table of a unit's page as CSV. */
export const GET: APIRoute = async ({ params, locals, url, rewrite }) => {
  const { services, person, language } = locals;
  const unit = (params['unit'] ?? '') as NodeId;
  const file = person && (await exportUnit(services, person, unit, url.searchParams, language));
  if (!file) return rewrite('/404');
  return new Response(services.spreadsheet.tableAsCsv(file.table).slice(), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file.fileName}.csv"`,
    },
  });
};
