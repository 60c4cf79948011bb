import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Person } from '#domain/people/person.ts';
import type { KnownDevices } from '#ports/known-devices.ts';
import type { Secrets } from '#ports/secrets.ts';

/** Browsers keep no cookie for longer than 400 days. */
const daysKept = 400;
/** A mark older than this is made anew when its device is used, so that one in use does not run out. */
const daysUntilRenewed = 90;
/** A tablet that a whole ward uses: who signed in last is known. */
const mostPeople = 8;

const day = 24 * 60 * 60 * 1000;

/** `id.day.seal.mark.mark…`: the seal says that the id and day are ours, and each mark that one person is known on the device. */
interface Mark {
  readonly id: string;
  readonly day: number;
  readonly people: readonly string[];
}

/** Marks are HMACs by the installation's keys; a mark of an older key still holds. Nothing is stored about them. */
export function createKnownDevices(secrets: Pick<Secrets, 'derivations'>, publicUrl: URL): KnownDevices {
  const secure = publicUrl.protocol === 'https:';
  const cookieName = secure ? '__Host-device' : 'device';
  const marksOf = (text: string) =>
    secrets.derivations('known-device', text, 16).map((bytes) => Buffer.from(bytes).toString('base64url'));
  const sealsOf = (id: string, made: number) => marksOf(`device ${id} ${made}`);
  // With what was shown: after a new password or code, whoever had the old one starts as a stranger.
  const peopleOf = (id: string, { id: person, passwordHash, codeHash }: Person) =>
    marksOf(`person ${id} ${person} ${passwordHash ?? codeHash ?? ''}`);

  const read = (value: string | undefined, now: Date): Mark | undefined => {
    const [, id = '', made = '', seal = '', people = ''] =
      /^([\w-]{22})\.(\d{1,6})\.([\w-]{22})((?:\.[\w-]{22}){0,8})$/.exec(value ?? '') ?? [];
    const age = Math.floor(now.getTime() / day) - Number(made);
    if (id === '' || age < 0 || age > daysKept || !isOneOf(seal, sealsOf(id, Number(made)))) return undefined;
    return { id, day: Number(made), people: people.split('.').slice(1) };
  };
  const isFor = (mark: Mark, person: Person) => {
    const right = peopleOf(mark.id, person);
    return mark.people.some((one) => isOneOf(one, right));
  };

  return {
    cookieName,
    idOf: (value, now) => read(value, now)?.id,
    keyFor: (value, person, now) => {
      const mark = read(value, now);
      return mark && isFor(mark, person) ? `${mark.id} ${person.id}` : undefined;
    },
    remember: (value, person, now) => {
      const mark = read(value, now);
      const today = Math.floor(now.getTime() / day);
      if (mark && isFor(mark, person) && today - mark.day < daysUntilRenewed) return undefined;
      const id = mark?.id ?? randomBytes(16).toString('base64url');
      const known = peopleOf(id, person);
      const others = (mark?.people ?? []).filter((one) => !isOneOf(one, known));
      const people = [known[0], ...others].slice(0, mostPeople);
      const made = [id, today, sealsOf(id, today)[0], ...people].join('.');
      return `${cookieName}=${made}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${daysKept * 24 * 60 * 60}${secure ? '; Secure' : ''}`;
    },
  };
}

function isOneOf(given: string, right: readonly string[]): boolean {
  return right.some((one) => one.length === given.length && timingSafeEqual(Buffer.from(one), Buffer.from(given)));
}
