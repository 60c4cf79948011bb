import { loadCertificateFonts } from './certificate-fonts.ts';
import { createCertificateRenderer, type RenderCertificatePdf } from './certificate-pdf.ts';

/** Reads the fonts once; what it returns renders a certificate anew each time. */
export async function openCertificateRenderer(): Promise<RenderCertificatePdf> {
  return createCertificateRenderer(await loadCertificateFonts());
}
