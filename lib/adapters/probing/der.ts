/** One element of DER. */
export interface Der {
  readonly tag: number;
  readonly content: Buffer;
}

export const derTag = { octets: 0x04, oid: 0x06, utf8: 0x0c, bmp: 0x1e, sequence: 0x30, set: 0x31 } as const;

/** The elements that a buffer is made of, or `undefined` when it is not made of whole ones. Strict: definite lengths, low tag numbers. */
export const readDer = (bytes: Buffer): readonly Der[] | undefined => {
  const found: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || (tag & 0x1f) === 0x1f) return undefined;
    const more = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || more > 3 || at + 2 + more > bytes.length) return undefined;
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
    const start = at + 2 + more;
    if (start + length > bytes.length) return undefined;
    found.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
};

/** What an element is made of; nothing for one that is not made of others. */
export const partsOf = (der: Der | undefined): readonly Der[] => (der ? (readDer(der.content) ?? []) : []);

/** `1.2.840.113549.1.1.11`. */
export const oidText = (content: Buffer): string => {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content.subarray(0, 64)) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join('.');
};

/** A string of any kind as text, without control characters. */
export const derText = ({ tag, content }: Der): string => {
  const text =
    tag === derTag.bmp && content.length % 2 === 0
      ? Buffer.from(content).swap16().toString('utf16le')
      : content.toString(tag === derTag.utf8 ? 'utf8' : 'latin1');
  return text.replace(/\p{Cc}+/gu, ' ');
};

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** A distinguished name in readable form, `O=Acme, CN=kubernetes`; `undefined` for what is none. */
export const nameText = (bytes: Buffer): string | undefined => {
  const [name, ...rest] = readDer(bytes) ?? [];
  if (name?.tag !== derTag.sequence || rest.length > 0) return undefined;
  const pairs = partsOf(name).flatMap((set) => partsOf(set).map(partsOf));
  const texts = pairs.flatMap(([type, value]) => {
    if (type?.tag !== derTag.oid || !value) return [];
    const oid = oidText(type.content);
    return [`${shortNames[oid] ?? oid}=${derText(value)}`];
  });
  return texts.length === 0 ? undefined : texts.join(', ');
};
