import type { FileRow } from '#domain/kernel/cells.ts';
import { isPersonalNumber, withoutPersonalNumbers } from '#domain/people/personal-number.ts';

/** What a column of a staff list can hold. A name is in one column or in two; a unit is known by its code or its name. */
export const importFields = [
  'employmentNumber',
  'name',
  'firstName',
  'lastName',
  'email',
  'category',
  'unitCode',
  'unitName',
  'from',
  'to',
  'leaveFrom',
  'leaveTo',
] as const;
export type ImportField = (typeof importFields)[number];

/** Which column, counted from 0, holds what. */
export type ColumnMapping = Readonly<Partial<Record<ImportField, number>>>;

/** Headings as payroll systems and people write them, without spaces, signs and capitals. */
const headings: Readonly<Record<ImportField, readonly string[]>> = {
  employmentNumber: [
    ...['anstnr', 'anställningsnummer', 'anställningsnr', 'anstnummer', 'anställningsid', 'anstid', 'anställdnr'],
    ...['löpnummer', 'medarbetarnummer', 'personalnummer', 'employmentnumber', 'employeenumber', 'employeeid'],
  ],
  name: ['namn', 'fullständigtnamn', 'fulltnamn', 'helanamnet', 'medarbetare', 'anställd', 'name', 'fullname'],
  firstName: ['förnamn', 'tilltalsnamn', 'fnamn', 'firstname', 'givenname'],
  lastName: ['efternamn', 'enamn', 'lastname', 'surname', 'familyname'],
  email: [
    ...['epost', 'epostadress', 'mejl', 'mejladress', 'mail', 'mailadress', 'email', 'emailaddress', 'emailadress'],
    ...['epostarbete', 'epostarbetet', 'arbetsepost', 'jobbmejl', 'jobbmail'],
  ],
  category: [
    ...[
      'kategori',
      'befattning',
      'anställningsform',
      'anställningstyp',
      'anstform',
      'personalkategori',
      'yrkesbenämning',
    ],
    ...['titel', 'anställningsformtext', 'befattningstext', 'category', 'employmenttype'],
  ],
  unitCode: [
    ...[
      'enhetskod',
      'enhetsnummer',
      'enhetsnr',
      'enhetsid',
      'ansvar',
      'ansvarskod',
      'ansvarsnummer',
      'orgkod',
      'orgnr',
    ],
    ...['organisationskod', 'kostnadsställe', 'kst', 'kstkod', 'arbetsplatskod', 'unitcode'],
  ],
  unitName: ['enhet', 'enhetsnamn', 'arbetsplats', 'arbetsställe', 'organisation', 'ansvarstext', 'avdelning', 'unit'],
  from: [
    ...['anställdfrån', 'anställdfrånochmed', 'anstdatum', 'anställningsdatum', 'anstfrom', 'anställdfrom', 'anstfr'],
    ...['startdatum', 'fromdatum', 'from', 'från', 'frånochmed', 'datumfrom', 'börjar', 'anställningfrom', 'startdate'],
  ],
  to: [
    ...[
      'anställdtill',
      'anställdtillochmed',
      'tom',
      'till',
      'tillochmed',
      'slutdatum',
      'tomdatum',
      'datumtom',
      'anstslut',
    ],
    ...[
      'ansttom',
      'anställdtom',
      'slutar',
      'avgångsdatum',
      'avgång',
      'sistaanställningsdag',
      'anställningtom',
      'enddate',
    ],
  ],
  leaveFrom: [
    ...['ledigfrån', 'ledigfrom', 'tjänstledigfrån', 'tjänstledigfrom', 'frånvarofrån', 'frånvarofrom', 'leavefrom'],
    ...['tjänstledigfrånochmed', 'ledigfrånochmed', 'frånvarofrånochmed'],
  ],
  leaveTo: [
    ...['ledigtill', 'ledigtom', 'tjänstledigtill', 'tjänstledigtom', 'frånvarotill', 'frånvarotom', 'leaveto'],
    ...['tjänstledigtillochmed', 'ledigtillochmed', 'frånvarotillochmed'],
  ],
};

const personalNumberHeadings = [
  ...['personnummer', 'personnr', 'persnr', 'pnr', 'samordningsnummer', 'samordningsnr', 'födelsenummer'],
  ...['personnummersamordningsnummer', 'personid', 'personorgnr', 'personalidentitynumber', 'ssn'],
];

const fieldByHeading = new Map(importFields.flatMap((field) => headings[field].map((heading) => [heading, field])));

/** @example simplified(' E-post (arbete) ') // 'epostarbete' */
function simplified(heading: string): string {
  return heading
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

export function fieldOfHeading(heading: string): ImportField | undefined {
  return fieldByHeading.get(simplified(heading));
}

/** Two files have the same headings if these are equal. */
export function headingsKey(columns: readonly string[]): string {
  return columns.map(simplified).join('\n');
}

/** The first column with a heading that says so holds each thing. @param left columns that hold nothing that is read */
export function mappingByHeadings(columns: readonly string[], left: readonly number[]): ColumnMapping {
  const mapping: Partial<Record<ImportField, number>> = {};
  for (const [place, heading] of columns.entries()) {
    const field = left.includes(place) ? undefined : fieldOfHeading(heading);
    if (field) mapping[field] ??= place;
  }
  return mapping;
}

/** What a list must have before it can be read: whose row it is, what they are called, and where they work. */
export function missingFields(mapping: ColumnMapping): readonly ('employmentNumber' | 'name' | 'unitCode')[] {
  const has = (field: ImportField) => mapping[field] !== undefined;
  return [
    ...(has('employmentNumber') ? [] : ['employmentNumber' as const]),
    ...(has('name') || (has('firstName') && has('lastName')) ? [] : ['name' as const]),
    ...(has('unitCode') || has('unitName') ? [] : ['unitCode' as const]),
  ];
}

/** Columns of personal numbers, by heading or because most cells that are filled in hold one. */
export function personalNumberColumns(columns: readonly string[], rows: readonly FileRow[]): readonly number[] {
  return [...columns.keys()].filter((place) => {
    if (personalNumberHeadings.includes(simplified(columns[place] ?? ''))) return true;
    const filled = rows.map(({ cells }) => cells[place] ?? '').filter((cell) => cell.trim() !== '');
    return filled.filter(isPersonalNumber).length * 2 > filled.length;
  });
}

/** The rows as they may be kept: columns of personal numbers emptied, and a mark for such a number anywhere else. */
export function rowsToKeep(rows: readonly FileRow[], left: readonly number[]): readonly FileRow[] {
  return rows.map(({ line, cells }) => ({
    line,
    cells: cells.map((cell, place) => (left.includes(place) ? '' : withoutPersonalNumbers(cell))),
  }));
}
