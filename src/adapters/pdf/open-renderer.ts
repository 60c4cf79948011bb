import type { RenderCertificatePdf } from './certificate-pdf.ts';

/**
 * Renders a certificate anew each time. The library and the fonts come with the first one: they take a tenth of the
 * server's memory, and many a process never draws any.
 */
export function openCertificateRenderer(): RenderCertificatePdf {
  let opened: Promise<RenderCertificatePdf> | undefined;
  return async (...certificate) => {
    opened ??= open();
    return (await opened)(...certificate);
  };
}

async function open(): Promise<RenderCertificatePdf> {
  const { createCertificateRenderer } = await import('./certificate-pdf.ts');
  const { loadCertificateFonts } = await import('./certificate-fonts.ts');
  return createCertificateRenderer(await loadCertificateFonts());
}
