import { describe, expect, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import { addDays } from '#domain/kernel/calendar.ts';
import { type Category, categories } from '#domain/kernel/category.ts';
import { randomCode } from '#domain/kernel/random.ts';
import { certificateHolder } from '#domain/people/certificate-holder.ts';
import { day, sampleCertificate } from '../../../tests/contract/sample-documents.ts';
import { seededBytes } from '../../../tests/support/seeded-bytes.ts';
import { certificateState, displayCode, issueCertificate, lastValidDay, parseCertificateCode } from './certificate.ts';

describe('a certificate', () => {
  const certificate = sampleCertificate('a', { validUntil: day('2027-02-28') });

  test('is valid through its last day', () => {
    expect(certificateState(certificate, day('2027-02-27'))).toBe('valid');
    expect(certificateState(certificate, day('2027-02-28'))).toBe('valid');
    expect(certificateState(certificate, day('2027-03-01'))).toBe('expired');
  });
});

describe('the last valid day', () => {
  const course = loadCourse();
  const last = (category: Category, issued: string, engagementEnds?: string) =>
    lastValidDay(
      course.tracks[category].validity,
      day(issued),
      engagementEnds === undefined ? undefined : day(engagementEnds),
    );

  const employed: readonly Category[] = ['new-employee', 'unit-manager'];

  test.for(employed)('for %s is twelve months on, whenever the engagement ends', (category) => {
    expect(last(category, '2026-02-12')).toBe('2027-02-12');
    expect(last(category, '2026-02-12', '2026-03-01')).toBe('2027-02-12');
    expect(last(category, '2028-02-29')).toBe('2029-02-28');
  });

  test.for(categories.filter((category) => !employed.includes(category)))(
    'for %s is the engagement’s, at most twelve months on',
    (category) => {
      expect(last(category, '2026-06-10', '2026-08-14')).toBe('2026-08-14');
      expect(last(category, '2026-06-10', '2027-06-10')).toBe('2027-06-10');
      expect(last(category, '2026-06-10', '2027-06-11')).toBe('2027-06-10');
      expect(last(category, '2026-06-10', '2030-12-31')).toBe('2027-06-10');
      expect(last(category, '2026-06-10')).toBe('2027-06-10');
    },
  );

  test('never comes after the engagement, nor after the longest time there is', () => {
    for (let days = 0; days < 800; days += 13) {
      const ends = addDays(day('2026-06-10'), days);
      const until = last('summer-worker', '2026-06-10', ends);
      expect(until <= ends && until <= '2027-06-10', ends).toBe(true);
      expect(until === ends || until === '2027-06-10', ends).toBe(true);
    }
  });
});

describe('issuing', () => {
  const course = loadCourse();
  const person = {
    name: 'Åsa Öberg',
    nameGivenBy: 'self' as const,
    staffing: [
      {
        recordedAt: '2026-06-10T08:00:00.000Z',
        engagements: [{ category: 'summer-worker' as const, from: day('2026-06-10'), to: day('2026-08-14') }],
        leaves: [],
      },
    ],
  };
  // Half past eleven in the evening in Stockholm: still the tenth there, and in UTC.
  const issue = (now: Date, seed = 1) =>
    issueCertificate({
      holder: certificateHolder(person, 'summer-worker', now),
      track: 'summer-worker',
      course,
      issuer: 'Lindala kommun',
      now,
      random: seededBytes(seed),
    });
  const issued = issue(new Date('2026-06-10T21:30:00Z'));

  test('takes a snapshot of the person, the course and the employer', () => {
    expect(issued).toMatchObject({
      name: 'Åsa Öberg',
      nameGivenBy: 'self',
      track: 'summer-worker',
      courseVersion: course.version,
      guidelines: course.guidelines,
      issuer: 'Lindala kommun',
      issuedAt: '2026-06-10T21:30:00.000Z',
      issuedOn: '2026-06-10',
      validUntil: '2026-08-14',
    });
  });

  test('bears the date in Stockholm, also after midnight there', () => {
    const later = issue(new Date('2026-06-10T22:30:00Z'));
    expect(later.issuedOn).toBe('2026-06-11');
  });

  test('is not cut short by work in the same category that is over', () => {
    const extra = issue(new Date('2027-02-10T10:00:00Z'));
    expect(extra.validUntil).toBe('2028-02-10');
  });

  test('gives a code that can be read back, another each time', () => {
    expect(parseCertificateCode(issued.code)).toBe(issued.code);
    const codes = Array.from({ length: 200 }, (_, seed) => issue(new Date(0), seed).code);
    expect(new Set(codes).size).toBe(200);
  });
});

describe('a code that was typed', () => {
  const code = '7K2M9QX4VW01ABCDE5FG';

  test.for([
    '7K2M9QX4VW01ABCDE5FG',
    '7K2M9-QX4VW-01ABC-DE5FG',
    '7k2m9-qx4vw-01abc-de5fg',
    ' 7K2M9 QX4VW 01ABC DE5FG ',
    '7K2M9–QX4VW—01ABC-DE5FG',
    '7K2M9QX4VWo1ABCDE5FG',
    '7K2M9QX4VWOLABCDE5FG',
    '7K2M9QX4VW0iABCDE5FG',
    '7K2M9\tQX4VW\n01ABC DE5FG',
  ])('“%s” is understood', (typed) => {
    expect(parseCertificateCode(typed)).toBe(code);
  });

  test.for([
    '',
    '7K2M9QX4VW01ABCDE5F',
    '7K2M9QX4VW01ABCDE5FGH',
    '7K2M9QX4VW01ABCDE5FU',
    '7K2M9QX4VW01ABCDE5FÅ',
    '7K2M9QX4VW01ABCDE5F!',
    '../../../../etc/pass',
    '7K2M9_QX4VW_01ABC_DE5FG',
  ])('“%s” can be none', (typed) => {
    expect(parseCertificateCode(typed)).toBeUndefined();
  });

  test('is read back as it is shown, whatever it is', () => {
    for (let seed = 0; seed < 100; seed++) {
      const any = parseCertificateCode(randomCode(20, seededBytes(seed)));
      if (!any) throw new Error('a random code is no code');
      expect(displayCode(any)).toMatch(/^(\w{5}-){3}\w{5}$/);
      expect(parseCertificateCode(displayCode(any))).toBe(any);
    }
  });
});
