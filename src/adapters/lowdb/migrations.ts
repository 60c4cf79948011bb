import { createHash } from 'node:crypto';
import { dateOf } from '#domain/calendar.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A person of schema 1 had one engagement without a place, a list of roles, and attempts at that engagement's exam. */
export function placedInTheOrganisation(fields: Fields): Fields {
  const { roles, engagement, attempts, ...rest } = fields;
  const { category, to } = objectOf(engagement);
  const createdAt = String(fields['createdAt']);
  const engaged = { category, from: dateOf(new Date(createdAt)), ...(to !== undefined && { to }) };
  const isAdministrator = Array.isArray(roles) && roles.includes('administrator');
  return {
    ...rest,
    pseudonym: pseudonymBefore(fields['id']),
    grants: isAdministrator ? [{ role: 'administrator', place: 'everything', seesProtected: true }] : [],
    staffing: [{ recordedAt: createdAt, engagements: [engaged], leaves: [] }],
    decisions: [],
    reminders: [],
    attempts: Array.isArray(attempts)
      ? attempts.map((attempt) => ({ ...objectOf(attempt), track: category }))
      : attempts,
  };
}

/** A group of schema 1 named the person who made it. */
export function madeByPseudonym(fields: Fields): Fields {
  return { ...fields, createdBy: pseudonymBefore(fields['createdBy']) };
}

/**
 * The pseudonym of someone from before there were any: the same each time the document is read, and in other documents.
 * An id is itself random (80 bits), so that who has only the pseudonym cannot find it.
 */
function pseudonymBefore(id: unknown): string {
  return createHash('sha256')
    .update(`pseudonym ${String(id)}`)
    .digest('hex')
    .slice(0, 20)
    .toUpperCase();
}

function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
