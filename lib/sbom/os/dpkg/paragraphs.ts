import { mostPackages } from '../limits.ts';
import { linesOf } from '../text.ts';

/** A paragraph of a Debian control file: fields by their names in lower case. Lines after the first keep their line breaks. */
export type Paragraph = ReadonlyMap<string, string>;

const field = /^([!-9;-~]+):[ \t]*(.*)$/;

/**
 * The paragraphs of a text in the format of deb-control(5), or the number of the first line that does not belong into one.
 * Only the fields named are kept: descriptions and dependencies are most of a database.
 */
export function paragraphsOf(text: string, wanted: ReadonlySet<string>): Paragraph[] | number {
  const paragraphs: Paragraph[] = [];
  let fields = new Map<string, string>();
  let current: { name: string; lines: string[] } | undefined;
  let inParagraph = false;
  const endField = () => {
    if (current !== undefined && wanted.has(current.name)) fields.set(current.name, current.lines.join('\n').trimEnd());
    current = undefined;
  };
  const endParagraph = () => {
    if (!inParagraph) return;
    endField();
    // one more than is allowed tells that there are too many
    if (paragraphs.length <= mostPackages) paragraphs.push(fields);
    fields = new Map();
    inParagraph = false;
  };
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    if (line.trim() === '') {
      endParagraph();
    } else if (line.startsWith('#')) {
      // a comment
    } else if (line.startsWith(' ') || line.startsWith('\t')) {
      if (!inParagraph) return number;
      if (current !== undefined && wanted.has(current.name)) current.lines.push(line.trim());
    } else {
      const [, name, value] = field.exec(line) ?? [];
      if (name === undefined || value === undefined) return number;
      endField();
      current = { name: name.toLowerCase(), lines: [value.trim()] };
      inParagraph = true;
    }
  }
  endParagraph();
  return paragraphs;
}
