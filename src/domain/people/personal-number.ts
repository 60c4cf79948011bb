/** With or without century, with `-`, `+` or nothing before the last four; days 61–91 are coordination numbers. */
const shape = /(?<!\d)(?:18|19|20)?(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[-+ ]?(\d{4})(?!\d)/g;

/** What stands instead of a personal number wherever one is found; the number itself is never stored nor shown. */
export const personalNumberMark = '••••••-••••';

/** Whether the whole text is a Swedish personal number or coordination number: a possible day and a right check digit. */
export function isPersonalNumber(text: string): boolean {
  return text.trim() !== '' && withoutPersonalNumbers(text.trim()) === personalNumberMark;
}

/** @example withoutPersonalNumbers('Åsa 811218-9876') // 'Åsa ••••••-••••' */
export function withoutPersonalNumbers(text: string): string {
  // Most cells have too few digits to hold one.
  if (!/\d{4}/.test(text)) return text;
  return text.replace(shape, (whole, year: string, month: string, day: string, last: string) =>
    hasRightCheckDigit(year + month + day + last) ? personalNumberMark : whole,
  );
}

/** The Luhn sum over ten digits (Skatteverket, SKV 704). */
function hasRightCheckDigit(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
