import type { CalendarDate, Instant, NodeId, Pseudonym } from '#domain/kernel/ids.ts';

/** What changes who can sign in as somebody, or with which rights: told to that person also where they did it themselves. */
export const credentialActions = [
  'accept-invitation', // chose the first password
  'change-email',
  'change-password',
  'reset-password', // by a link in a mail
  'add-factor',
  'remove-factor',
  'renew-recovery-codes',
  'reset-factors', // all of them, by somebody else
  'reset-account', // by a link made on the server
  'send-invitation',
  'protect-identity', // on or off
  'end-sessions',
  'merge-people',
] as const;

/**
 * What somebody with a role above learner did, and what anybody did to credentials. Looks are written before the page is shown.
 * Signing in, failing to and being refused stand in the security log (decision 0028).
 */
export const auditActions = [
  ...credentialActions,
  'open-person', // one named person's record
  'open-list', // a place's list of people: one entry that names the list
  'export-list',
  'import',
  'remind',
  'decide', // extra course, another date, exempt, or taking that back
  'confirm-identity',
  'replace-code',
  'edit-person', // placed, moved, ended, another name
  'edit-organisation',
  'grant-role',
  'revoke-role',
  'appoint-deputy',
  'end-deputy',
  'make-group',
  'close-group',
  'remove-from-group',
  'print-sheets', // an exam on paper
  'enter-sheet',
  'review-log',
  'move-invitation', // to another day, before it went out
  'cancel-invitation', // before it went out
  'pause-mail', // all, or a kind
  'resume-mail',
  'choose-introduction', // from which day the requirement holds
  'hold',
  'purge',
  'rotate-keys', // the installation's
  'refused', // tried what the role does not reach
] as const;
export type AuditAction = (typeof auditActions)[number];

export function isAboutCredentials(action: AuditAction): boolean {
  return (credentialActions as readonly AuditAction[]).includes(action);
}

const accessActions = [
  ...credentialActions,
  'grant-role',
  'revoke-role',
  'appoint-deputy',
  'end-deputy',
  'replace-code',
] as const satisfies readonly AuditAction[];
export type AccessAction = (typeof accessActions)[number];

/** Whether it changed who can sign in as somebody, or what somebody may do: such entries say where they came from. */
export function isAboutAccess(action: AuditAction): action is AccessAction {
  return (accessActions as readonly AuditAction[]).includes(action);
}

/** Why a record was opened, chosen from a list: free words could name somebody, and the log is never purged. */
export const auditReasons = ['follow-up', 'question', 'correction', 'support', 'review'] as const;
/** How somebody who asked to have a lost factor taken away was recognised (ASVS 6.4.4): never by mail, which whoever took it may read. */
export const identityProofs = ['seen', 'called'] as const;
export type IdentityProof = (typeof identityProofs)[number];
export type AuditReason = (typeof auditReasons)[number] | IdentityProof;

/** People stand here by pseudonym only, and only their own documents say whose it is. */
export interface AuditEntry {
  readonly at: Instant;
  readonly actor: Pseudonym | 'system';
  readonly action: AuditAction;
  readonly subject?: Pseudonym | undefined;
  /** The unit or other place whose list it was, or where it was done. */
  readonly place?: NodeId | undefined;
  readonly why?: AuditReason | undefined;
  /** Where a change of credentials or rights came from: marks that name nobody (src/ports/whereabouts.ts). */
  readonly device?: string | undefined;
  readonly network?: string | undefined;
}

/** What can be wrong with a log, or with the sealed head that says how long it was. */
export const auditFaultReasons = [
  'line-changed', // or it stands in another place, or there is no line at all
  'line-missing', // the line is not the next one in number
  'chain-rewritten', // no line of the file was written with the key
  'tail-cut', // the head knows of more
  'head-disagrees', // the last line that the head knows is another one
  'head-missing',
  'head-changed', // or signed with another key
  'key-missing',
  'file-missing',
  'file-unknown', // a file of lines that the head does not know of
  'file-changed', // since it was put aside as broken
] as const;
export type AuditFaultReason = (typeof auditFaultReasons)[number];

export interface AuditFault {
  readonly reason: AuditFaultReason;
  readonly file: string;
  /** From 1. */
  readonly line?: number | undefined;
}

/** Append-only. An entry whose promise has resolved is durable. */
export interface AuditLog {
  /** There was none when it was opened. */
  readonly isNew: boolean;
  /** What was wrong when the log was opened, then or earlier. It never goes away by itself. */
  readonly faults: readonly AuditFault[];
  /** @throws NotSavedError: then what was to be shown or done must not be. */
  append(entry: AuditEntry): Promise<void>;
  /**
   * Entries about a person, and `open-list`/`export-list` entries of these places between the days they were there. Newest first.
   * @param newest at most so many
   */
  about(
    subject: Pseudonym,
    lists: readonly { readonly place: NodeId; readonly from: CalendarDate; readonly to?: CalendarDate | undefined }[],
    newest?: number,
  ): Promise<readonly AuditEntry[]>;
  /** Everything from this moment on, oldest first. */
  since(from: Instant): Promise<readonly AuditEntry[]>;
  /** Waits for what is being written. Nothing can be written after it. */
  close(): Promise<void>;
}
