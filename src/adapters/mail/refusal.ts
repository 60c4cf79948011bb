/** What an SMTP server has said no with, as nodemailer tells it. */
interface SmtpRefusal {
  readonly responseCode: number;
  readonly response: string;
  readonly command: string;
}

/**
 * Whether a mail server has said for good that it knows no such recipient (RFC 5321 4.2.1, RFC 3463). By the enhanced code where
 * there is one: 5.1.x is about the address, 5.2.1 about a mailbox that is closed. Without it a no to the recipient alone will do.
 * What is about us (5.7.x, relaying) or about a full mailbox says nothing of the address, and would else mark everybody at once.
 */
export function saysNoSuchRecipient(error: unknown): boolean {
  const refusal = refusalIn(error);
  if (!refusal || refusal.responseCode < 500) return false;
  const enhanced = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(refusal.response)?.[1];
  if (enhanced) return enhanced.startsWith('5.1.') || enhanced === '5.2.1';
  return (
    refusal.command === 'RCPT TO' && [550, 551, 553].includes(refusal.responseCode) && !/relay/i.test(refusal.response)
  );
}

function refusalIn(error: unknown): SmtpRefusal | undefined {
  if (!(error instanceof Error) || !('responseCode' in error) || !('response' in error)) return undefined;
  const { responseCode, response } = error;
  if (typeof responseCode !== 'number' || typeof response !== 'string') return undefined;
  return { responseCode, response, command: 'command' in error ? String(error.command) : '' };
}
