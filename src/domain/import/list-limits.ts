/** How much a staff list may hold. A list that holds more is refused as soon as it is found, and nothing of it is kept. */
export const listLimits = {
  /** Rows with something in them, headings included: twice as many as the people that one installation is measured for. */
  rows: 20_000,
  /** Cells in one row. Payroll systems write thirty or forty. */
  columns: 200,
  /** Cells in all rows together: twenty for each row of the longest list. */
  cells: 400_000,
  /** Characters in one cell. The longest thing that is read from one is an e-mail address. */
  cell: 1_000,
  /** Rows about one person: each is an engagement or a leave. */
  rowsOfOne: 100,
} as const;

export type ListLimits = Readonly<Record<'rows' | 'columns' | 'cells' | 'cell', number>>;
