import { create } from 'qrcode';
import { expect, test } from 'vitest';
import { qrSvg } from '#adapters/qr/qr-svg.ts';

const url = 'https://sekretess.exempelkommun.se/intyg/K7M2Q9XHTBW4R8NDP3ZF';

test('The drawn path is the QR code of the text, level M, with a quiet zone of four modules', () => {
  const { size, data } = create(url, { errorCorrectionLevel: 'M' }).modules;
  const svg = qrSvg(url);
  expect(svg).toContain(`viewBox="0 0 ${size + 8} ${size + 8}"`);
  const drawn = new Uint8Array(size * size);
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    drawn.fill(1, (Number(y) - 4) * size + Number(x) - 4, (Number(y) - 4) * size + Number(x) - 4 + Number(length));
  }
  expect(Array.from(drawn)).toEqual(Array.from(data, Number));
});

test('There is one path, black on white, and no style attribute', () => {
  const svg = qrSvg(url);
  expect(svg.match(/<path/g)).toHaveLength(1);
  expect(svg).toContain('fill="#fff"');
  expect(svg).toContain('fill="#000"');
  expect(svg).not.toContain('style');
});

test('It is hidden from screen readers unless it has a label', () => {
  expect(qrSvg(url)).toContain('aria-hidden="true"');
  expect(qrSvg(url, { label: 'Kod till "Sommar & <sol>"' })).toContain(
    'role="img" aria-label="Kod till &quot;Sommar &amp; &lt;sol&gt;&quot;"',
  );
});

test('It is small', () => {
  expect(qrSvg(url).length).toBeLessThan(6000);
});
