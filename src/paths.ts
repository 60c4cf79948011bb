import type { Language } from '#domain/kernel/language.ts';

const prefixes: Readonly<Record<Language, string>> = { sv: '', 'sv-simple': '/latt', en: '/en' };

function inLanguage(path: string, language: Language = 'sv'): string {
  const prefixed = prefixes[language] + path;
  return prefixed === '' ? '/' : prefixed;
}

/** Every address of the site; nothing outside this file types one. Swedish segments, English names. */
export const paths = {
  home: (language?: Language) => inLanguage('', language),
  course: (language?: Language) => inLanguage('/kurser/sekretess', language),
  lesson: (slug: string, language?: Language) => inLanguage(`/kurser/sekretess/${slug}`, language),
  booklet: (track: string, language?: Language) => inLanguage(`/kurser/sekretess/hafte/${track}`, language),
  lookUp: (language?: Language) => inLanguage('/sla-upp', language),
  decisionPath: (language?: Language) => inLanguage('/sla-upp/far-jag', language),
  accessibility: (language?: Language) => inLanguage('/tillganglighet', language),
  cookies: (language?: Language) => inLanguage('/kakor', language),
  privacy: (language?: Language) => inLanguage('/personuppgifter', language),
  practice: (scenario: string) => `/ova/${scenario}`,
  lessonDone: () => '/lektion-klar',
  signIn: () => '/logga-in',
  signOut: () => '/logga-ut',
  forgotPassword: () => '/glomt-losenord',
  newPassword: (token: string) => `/nytt-losenord/${token}`,
  welcome: (token: string) => `/valkommen/${token}`,
  joinGroup: (code?: string) => (code ? `/grupp/${code}` : '/grupp'),
  returnWithCode: () => '/kom-tillbaka',
  myPage: () => '/min-sida',
  ownCode: () => '/min-sida/koden',
  ownName: () => '/min-sida/namn',
  security: () => '/min-sida/sakerhet',
  sessions: () => '/min-sida/sakerhet/inloggningar',
  changePassword: () => '/min-sida/sakerhet/losenord',
  confirm: () => '/bekrafta',
  whoLooked: () => '/min-sida/vem-har-tittat',
  myRecord: () => '/min-sida/uppgifter.json',
  language: () => '/sprak',
  exam: () => '/prov',
  attempt: (id: string) => `/prov/${id}`,
  attemptAnswer: (id: string) => `/prov/${id}/svar`,
  attemptReview: (id: string) => `/prov/${id}/granska`,
  attemptResult: (id: string) => `/prov/${id}/resultat`,
  checkCertificate: () => '/intyg',
  certificate: (code: string) => `/intyg/${code}`,
  certificatePdf: (code: string) => `/intyg/${code}.pdf`,
  certificateJson: (code: string) => `/intyg/${code}.json`,
  units: () => '/enhet',
  unit: (id: string) => `/enhet/${id}`,
  unitPerson: (unit: string, person: string) => `/enhet/${unit}/personer/${person}`,
  unitCsv: (unit: string) => `/enhet/${unit}/lista.csv`,
  unitExcel: (unit: string) => `/enhet/${unit}/lista.xlsx`,
  unitInvite: (unit: string) => `/enhet/${unit}/bjud-in`,
  deputies: (unit: string) => `/enhet/${unit}/stallforetradare`,
  unitMeeting: (unit: string) => `/enhet/${unit}/apt`,
  area: (id: string) => `/enhet/omrade/${id}`,
  admin: () => '/admin',
  adminOrganisation: () => '/admin/organisation',
  adminPeople: () => '/admin/personer',
  logReview: () => '/admin/logg',
  aboutMe: () => '/min-sida/om-mig',
  adminRetention: () => '/admin/gallring',
  adminInvite: () => '/admin/inbjudningar',
  adminRoles: () => '/admin/roller',
  adminIntroduction: () => '/admin/inforande',
  adminMail: (kind: string) => `/admin/paminnelser/${kind}`,
  adminReminders: () => '/admin/paminnelser',
  adminPerson: (id: string) => `/admin/personer/${id}`,
  unitGroups: (unit: string) => `/enhet/${unit}/grupper`,
  group: (id: string) => `/enhet/grupper/${id}`,
  paperExams: (group: string) => `/enhet/grupper/${group}/papper`,
  paperPrint: (group: string) => `/enhet/grupper/${group}/papper/utskrift`,
  paperSheet: (group: string, number: number) => `/enhet/grupper/${group}/papper/${number}`,
  adminImport: (id?: string) => (id ? `/admin/import/${id}` : '/admin/import'),
  adminExportCsv: () => '/admin/export.csv',
  adminExportXlsx: () => '/admin/export.xlsx',
  health: () => '/halsa',
  /** Shown by our server in place of what was asked. */
  otherAddress: () => '/annan-adress',
} as const;

/** @example splitLanguage('/latt/sla-upp') // { language: 'sv-simple', path: '/sla-upp' } */
export function splitLanguage(pathname: string): { language: Language; path: string } {
  for (const language of ['sv-simple', 'en'] as const) {
    const prefix = prefixes[language];
    if (pathname === prefix || pathname.startsWith(`${prefix}/`)) {
      return { language, path: pathname.slice(prefix.length) || '/' };
    }
  }
  return { language: 'sv', path: pathname };
}

export function languageOfPath(pathname: string): Language {
  return splitLanguage(pathname).language;
}

/** A public page's address in another language. @param path without language prefix */
export function translated(path: string, language: Language): string {
  return inLanguage(path === '/' ? '' : path, language);
}

/**
 * A path to go back to that came in from outside: only a path on this site, else Min sida.
 * `//host` and `/\host` are read by browsers as another site.
 */
export function safeReturnPath(path: string | null | undefined): string {
  return path && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : paths.myPage();
}

/** The three languages as the parameter of routes that are built ahead: none, `latt`, `en`. */
export function languagePaths(): { prefix: string | undefined; language: Language }[] {
  return (['sv', 'sv-simple', 'en'] as const).map((language) => ({
    prefix: prefixes[language].slice(1) || undefined,
    language,
  }));
}
