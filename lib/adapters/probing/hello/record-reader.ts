/** One message of the server's first flight. */
export type Message =
  | { readonly is: 'handshake'; readonly type: number; readonly body: Buffer }
  | { readonly is: 'alert'; readonly level: number; readonly description: number };

export interface RecordReader {
  /** Takes bytes as they come; the messages that are whole now, or what is wrong with them. */
  take(bytes: Buffer): readonly Message[] | 'malformed' | 'hostile';
}

/** Bytes of one record: RFC 5246 allows 2^14, and up to 2048 more where it is compressed or encrypted. */
const mostRecord = 18_432;
/** What no honest first flight needs: records, and bytes of one message and of all. */
const mostRecords = 256;
const mostMessage = 131_072;
const mostBytes = 262_144;

const kinds = { alert: 21, handshake: 22 };

/** Reads records of TLS in clear, and messages that are spread over records or share one. */
export const createRecordReader = (): RecordReader => {
  let bytes = Buffer.alloc(0);
  let handshake = Buffer.alloc(0);
  let records = 0;
  let total = 0;

  const messagesOf = (): readonly Message[] | 'hostile' => {
    const found: Message[] = [];
    while (handshake.length >= 4) {
      const length = handshake.readUIntBE(1, 3);
      if (length > mostMessage) return 'hostile';
      if (handshake.length < 4 + length) break;
      found.push({ is: 'handshake', type: handshake[0] ?? 0, body: handshake.subarray(4, 4 + length) });
      handshake = handshake.subarray(4 + length);
    }
    return found;
  };
  const read = (kind: number, content: Buffer): readonly Message[] | 'malformed' | 'hostile' => {
    if (kind === kinds.handshake) {
      handshake = Buffer.concat([handshake, content]);
      return messagesOf();
    }
    // before keys are agreed on there is nothing but handshakes and alerts
    const [level, description] = content;
    if (kind !== kinds.alert || content.length !== 2 || level === undefined || description === undefined) return 'malformed';
    return [{ is: 'alert', level, description }];
  };
  return {
    take: (more) => {
      total += more.length;
      if (total > mostBytes) return 'hostile';
      bytes = Buffer.concat([bytes, more]);
      const found: Message[] = [];
      // the first byte is enough to tell another protocol
      while (bytes.length > 0) {
        const kind = bytes[0] ?? 0;
        if ((kind !== kinds.handshake && kind !== kinds.alert) || (bytes.length > 1 && bytes[1] !== 3)) return 'malformed';
        if (bytes.length < 5) break;
        const length = bytes.readUInt16BE(3);
        if (length === 0 || length > mostRecord) return 'malformed';
        if (bytes.length < 5 + length) break;
        records += 1;
        if (records > mostRecords) return 'hostile';
        const messages = read(kind, bytes.subarray(5, 5 + length));
        if (typeof messages === 'string') return messages;
        found.push(...messages);
        bytes = bytes.subarray(5 + length);
      }
      return found;
    },
  };
};
