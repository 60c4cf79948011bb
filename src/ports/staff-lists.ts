import type { StaffListRead } from '#domain/import/read-staff-list.ts';

export type ReadStaffListResult =
  | StaffListRead
  /** More time or memory than a list may take, or too many lists at once. Nothing of the file is kept. */
  | { readonly ok: false; readonly reason: 'import-too-heavy' | 'import-busy' };

/** Reads a staff list while everybody else is served as before. The bytes are handed over: the caller holds them no more. */
export type ReadStaffList = (bytes: Uint8Array) => Promise<ReadStaffListResult>;
