import type { APIRoute } from 'astro';
import { dateOf } from '#domain/kernel/calendar.ts';
import { exportStaff } from '#usecases/people/import/export-staff.ts';

/** The administrator's people, for Swedish Excel and for an import. */
export const GET: APIRoute = async ({ locals: { services, person } }) => {
  const table = person && (await exportStaff(services, person));
  if (!table) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(services.spreadsheet.tableAsCsv(table)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="personal-${dateOf(services.clock())}.csv"`,
    },
  });
};
