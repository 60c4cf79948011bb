import { setImmediate } from 'node:timers/promises';
import { loadCertificateFonts } from '#adapters/pdf/certificate-fonts.ts';
import { createCertificateRenderer } from '#adapters/pdf/certificate-pdf.ts';
import type { CertificateCode } from '#domain/kernel/ids.ts';
import { sampleCertificate, sampleWords } from './sample-certificate.ts';

const names = ['Åsa Öberg-Ängström', 'Mohamed Abdi Warsame', 'Zoë Lindqvist', 'Nguyễn Thị Ánh Tuyết', 'Bengt-Åke Ek'];

/** Certificates as PDF a second, one after the other on one core, each with a code of its own and rendered anew. */
export async function measurePdfs({ seconds }: { readonly seconds: number }): Promise<number> {
  const render = createCertificateRenderer(await loadCertificateFonts());
  const renderOne = async (index: number) => {
    const code = `K7M2Q9XHTBW4R8N${String(10_000 + index)}` as CertificateCode;
    const name = names[index % names.length] ?? sampleCertificate.name;
    const url = `https://sekretess.exempelkommun.se/intyg/${code}`;
    await render({ ...sampleCertificate, code, name }, sampleWords, url);
    // As between two requests: without it nothing that zlib and streams put off is ever done, and memory grows.
    await setImmediate();
  };

  for (let warmUp = 0; warmUp < 50; warmUp += 1) await renderOne(warmUp);
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    await renderOne(count);
    count += 1;
  }
  return count / ((performance.now() - start) / 1000);
}
