import { createHash } from 'node:crypto';
import { unknownDevice } from '#domain/account/device.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';

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

/** Schema 2 knew the role of a content editor, which gave nothing; grants have had days since. */
export function withRolesOfToday(fields: Fields): Fields {
  const kept = ['unit-manager', 'department-head', 'administrator'];
  const { grants } = fields;
  if (!Array.isArray(grants)) return fields;
  return { ...fields, grants: grants.filter((grant) => kept.includes(String(objectOf(grant)['role']))) };
}

/** What has come since is left out of documents that were written before it. */
export function unchanged(fields: Fields): Fields {
  return fields;
}

/** A group of schema 1 named the person who made it. */
export function madeByPseudonym(fields: Fields): Fields {
  return { ...fields, createdBy: pseudonymBefore(fields['createdBy']) };
}

/**
 * A session of schema 1 did not say when or how it was opened. It was prolonged or opened fourteen days before it was to end, so that
 * its longest life begins there; what opened it may have been a personal code, so it counts as no more than that.
 */
export function openedEarlier(fields: Fields): Fields {
  const expiresAt = new Date(String(fields['expiresAt']));
  if (Number.isNaN(expiresAt.getTime())) return fields;
  const at = instantOf(new Date(expiresAt.getTime() - 14 * 24 * 60 * 60 * 1000));
  return { ...fields, createdAt: at, provenAt: at, lastUsedAt: at, openedBy: 'earlier', device: unknownDevice };
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
