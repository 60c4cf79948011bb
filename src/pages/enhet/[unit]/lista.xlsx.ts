import type { APIRoute } from 'astro';
import type { NodeId } from '#domain/kernel/ids.ts';
import { exportUnit } from '#usecases/unit/export-unit.ts';

/** The table of a unit's page for Excel. */
export const GET: APIRoute = async ({ params, locals, url, rewrite }) => {
  const { services, person, language } = locals;
  const unit = (params['unit'] ?? '') as NodeId;
  const file = person && (await exportUnit(services, person, unit, url.searchParams, language));
  if (!file) return rewrite('/404');
  return new Response((await services.spreadsheet.tableAsXlsx(file.table)).slice(), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="${file.fileName}.xlsx"`,
    },
  });
};
