import type { PersonId } from '#domain/ids.ts';
import { typed } from './fields.ts';

/** What was pressed on a group's page. */
export type GroupAction =
  | { readonly kind: 'close' }
  | { readonly kind: 'confirm'; readonly people: readonly PersonId[] }
  | { readonly kind: 'remove' | 'new-code'; readonly person: PersonId };

/** @returns undefined for a form that this page does not have */
export function readGroupAction(form: FormData): GroupAction | undefined {
  const action = typed(form, 'action');
  switch (action) {
    case 'close':
      return { kind: action };
    case 'confirm':
      return { kind: 'confirm', people: idsIn(form, 'chosen') };
    // Everybody who stood on the page that was sent, not somebody who has joined since.
    case 'confirm-all':
      return { kind: 'confirm', people: idsIn(form, 'shown') };
    case 'remove':
    case 'new-code': {
      const [person] = idsIn(form, 'person');
      return person && { kind: action, person };
    }
    default:
      return undefined;
  }
}

function idsIn(form: FormData, name: string): PersonId[] {
  return form.getAll(name).flatMap((id) => (typeof id === 'string' ? [id as PersonId] : []));
}
