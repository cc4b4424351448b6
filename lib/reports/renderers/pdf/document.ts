import PDFDocument from 'pdfkit';
import { toDate } from '../../../core/time.ts';
import type { PdfFonts, Rendered } from '../renderer.ts';
import { type Faces, openFaces } from './faces.ts';
import { type Flow, openFlow } from './flow.ts';
import { type Margins, paint } from './paint.ts';

export interface DocumentFacts {
  readonly title: string;
  readonly subject: string;
  readonly keywords: readonly string[];
  readonly author: string;
  /** ISO 8601; the only time in the file, so that the same report gives the same bytes. */
  readonly madeAt: string;
  readonly margins: Margins;
}

const open = ({ title, subject, keywords, author, madeAt }: DocumentFacts): PDFKit.PDFDocument => {
  const time = toDate(madeAt);
  return new PDFDocument({
    size: 'A4',
    // the file's identity is a hash of these facts
    info: {
      Title: title,
      Subject: subject,
      Keywords: keywords.join(', '),
      Author: author,
      Producer: 'Gatehouse (PDFKit)',
      Creator: 'Gatehouse',
      CreationDate: time,
      ModDate: time,
    },
    pdfVersion: '1.7',
    lang: 'en',
    tagged: true,
    displayTitle: true,
    autoFirstPage: false,
    // '' keeps pdfkit from reading a font of its own from the disk
    font: '',
    margin: 0,
  });
};

/** Lays out, then paints: how many pages there are, and where everything is, must be known before the first is written. */
export async function* write(facts: DocumentFacts, fonts: PdfFonts, fill: (flow: Flow) => void): Rendered {
  const document = open(facts);
  const faces: Faces = openFaces(document, fonts);
  const flow = openFlow(faces);
  fill(flow);
  paint(document, faces, flow, facts.margins);
  document.end();
  for await (const piece of document) yield piece as Uint8Array;
}
