import type { APIRoute } from 'astro';
import { dateOf } from '#domain/kernel/calendar.ts';
import { exportStaff } from '#usecases/people/import/export-staff.ts';

/** The administrator's people as a workbook, in which employment numbers keep their zeros. */
export const GET: APIRoute = async ({ locals: { services, person } }) => {
  const table = person && (await exportStaff(services, person));
  if (!table) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(await services.spreadsheet.tableAsXlsx(table)), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="personal-${dateOf(services.clock())}.xlsx"`,
    },
  });
};
