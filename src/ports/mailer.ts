export interface Mail {
  /**
   * The same each time that one and the same message is handed over, so that it can be recognised: letters and digits,
   * nothing about the person. Absent: a message of its own each time.
   */
  readonly id?: string | undefined;
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** Mail could not be handed over. The cause is kept; the message names no person. */
export class MailNotSentError extends Error {
  override readonly name = 'MailNotSentError';
}

/** The mail server knows no such address, and will not later either: trying again is of no use. */
export class AddressRefusedError extends MailNotSentError {}

export interface Mailer {
  /** Where mail goes, for the start-up line and /admin. */
  readonly destination: string;
  /**
   * Marks each as written by a program, so that none answers it.
   *
   * @throws MailNotSentError, AddressRefusedError
   */
  send(mail: Mail): Promise<void>;
}
