import type { Group } from '#domain/groups/group.ts';
import { type JoinRefusal, mayMendName, refuseJoin } from '#domain/groups/group.ts';
import type { Instant, PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { JoinForm } from '#forms/groups/join-form.ts';
import type { Browser } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { changeOwnName } from '#usecases/account/change-own-name.ts';
import { hasCode, joinGroup, personOfTicket } from './join-group.ts';
import { newTicket } from './join-ticket.ts';

/** What somebody who comes to a group's address is shown, or led on to. */
export type Arrival =
  /** `again`: the form had stood open for too long or came from another device; nothing is wrong with what was typed. */
  | { readonly kind: 'form'; readonly ticket: string; readonly again?: true; readonly error?: string | undefined }
  /** “Have you joined before?” */
  | { readonly kind: 'question'; readonly name: string; readonly ticket: string }
  /** Somebody is signed in: nobody is made without asking. `newName`: what they have typed and may be called. `error`: a text’s key. */
  | {
      readonly kind: 'continue';
      readonly isMember: boolean;
      readonly newName?: string | undefined;
      readonly error?: string | undefined;
    }
  | { readonly kind: 'joined'; readonly person: PersonId; readonly code: string; readonly cookie?: string | undefined }
  | { readonly kind: 'renamed' }
  | { readonly kind: 'refused'; readonly reason: JoinRefusal | 'removed-from-group' | 'code-replaced' }
  | { readonly kind: 'refused'; readonly reason: 'too-many-joins'; readonly until: Instant };

interface Coming {
  readonly group: Group;
  /** Who is signed in. */
  readonly person: Person | undefined;
  readonly sent: JoinForm | undefined;
  readonly device: string;
  readonly address: string;
  readonly browser?: Browser | undefined;
}

type Needs = Pick<Services, 'store' | 'secrets' | 'clock' | 'sessions' | 'random' | 'throttle'>;

/** Decides what a visit to a group's address, or a form sent from it, leads to. */
export async function comeToGroup(needs: Needs, coming: Coming): Promise<Arrival> {
  const { group, person, sent, device } = coming;
  if (person) return comeSignedIn(needs, person, coming);
  const form = (more: { again?: true; error?: string | undefined } = {}): Arrival => {
    const reason = refuseJoin(group, needs.clock());
    return reason ? { kind: 'refused', reason } : { kind: 'form', ticket: newTicket(needs, group, device), ...more };
  };
  if (sent?.action !== 'join') return form();
  if (!sent.name.ok) return form({ error: sent.name.errors['name'] });
  const { name } = sent.name.value;
  const joined = await joinGroup(needs, group, {
    ...sent,
    name,
    device,
    address: coming.address,
    browser: coming.browser,
  });
  if (joined.ok) return { ...joined, kind: 'joined' };
  if (joined.reason === 'form-too-old') return form({ again: true });
  if (joined.reason === 'joined-before') return { kind: 'question', name, ticket: sent.ticket };
  return joined.reason === 'too-many-joins'
    ? { kind: 'refused', reason: joined.reason, until: joined.until }
    : { kind: 'refused', reason: joined.reason };
}

/** The form that made who is signed in, sent again, puts the name right; any other asks first. */
async function comeSignedIn(needs: Needs, person: Person, { group, sent, device }: Coming): Promise<Arrival> {
  const isMember = person.groupId === group.id;
  const made = sent && (await personOfTicket(needs, group, { ticket: sent.ticket, device }));
  const isSame = made?.id === person.id && hasCode(needs, person, made.code);
  if (!sent || !isMember) return { kind: 'continue', isMember };
  if (isSame || sent.action === 'rename') {
    if (!sent.name.ok) return { kind: 'continue', isMember, error: sent.name.errors['name'] };
    const changed = await changeOwnName(needs, person.id, sent.name.value.name);
    if (!changed.ok) return { kind: 'continue', isMember, error: `refusal.${changed.reason}` };
    return isSame ? { kind: 'joined', person: made.id, code: made.code } : { kind: 'renamed' };
  }
  const name = sent.name.ok ? sent.name.value.name : person.name;
  const isOther = name !== person.name && mayMendName(person);
  return { kind: 'continue', isMember, newName: isOther ? name : undefined };
}
