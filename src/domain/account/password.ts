export type PasswordRefusal = 'password-too-short' | 'password-too-long' | 'password-too-simple' | 'password-guessable';

export const shortestPassword = 12;
export const longestPassword = 200;

/** Length before rules of signs (NIST SP 800-63B): twelve characters or more, not one repeated, not one's own name or address. */
export function refusePassword(password: string, own: readonly string[]): PasswordRefusal | undefined {
  if ([...password].length < shortestPassword) return 'password-too-short';
  if (password.length > longestPassword) return 'password-too-long';
  const plain = password.toLowerCase();
  const isOwn = own.some(
    (word) => word.length >= 4 && plain.replace(/[\d\s]/g, '') === word.toLowerCase().replace(/[\d\s]/g, ''),
  );
  return new Set(plain).size < 5 || isOwn ? 'password-too-simple' : undefined;
}
