import { linesOf } from '../../os/text.ts';

const mostValues = 200;

/** The main section of a manifest (JAR File Specification): lines that begin with a space go on with the one before. Names are lower case. */
export function manifestOf(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let key: string | undefined;
  for (const line of linesOf(text)) {
    if (line === '') break;
    if (line.startsWith(' ')) {
      const before = key === undefined ? undefined : values.get(key);
      if (key !== undefined && before !== undefined && before.length < 8192) values.set(key, before + line.slice(1));
      continue;
    }
    const at = line.indexOf(':');
    key = at < 1 || values.size >= mostValues ? undefined : line.slice(0, at).toLowerCase();
    if (key !== undefined) values.set(key, line.slice(at + 1).trim());
  }
  for (const [name, value] of values) values.set(name, value.trim());
  return values;
}

/** `pom.properties` as Maven writes it. */
export function propertiesOf(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, key, value] = /^\s*([\w.-]{1,100})\s*[=:](.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && values.size < mostValues) values.set(key, value.trim());
  }
  return values;
}
