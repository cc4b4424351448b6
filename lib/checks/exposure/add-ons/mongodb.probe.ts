import { couldNotLook, defineProbe, isSilent, once, shown } from '../probe.ts';
import { latin1, uint32le } from './bytes.ts';
import { asksForCertificate, behindCertificate, bytesOf, talk } from './talk.ts';

const named = (type: number, name: string): readonly number[] => [type, ...latin1(`${name}\0`)];
const one = (name: string): readonly number[] => [...named(0x10, name), ...uint32le(1)];
const yes = (name: string): readonly number[] => [...named(0x08, name), 1];
const text = (name: string, value: string): readonly number[] => [
  ...named(0x02, name),
  ...uint32le(value.length + 1),
  ...latin1(`${value}\0`),
];
const counted = (bytes: readonly number[]): readonly number[] => [...uint32le(bytes.length + 4), ...bytes];

/** A command as an OP_MSG message with one BSON document. */
const command = (...elements: readonly (readonly number[])[]): readonly number[] => {
  const document = counted([...elements.flat(), ...text('$db', 'admin'), 0]);
  return counted([...uint32le(1), ...uint32le(0), ...uint32le(2013), ...uint32le(0), 0, ...document]);
};
/** Names of the databases alone, not their sizes: no file is touched. */
const listDatabases = command(one('listDatabases'), yes('nameOnly'));

export const mongodb = defineProbe({
  id: 'exposure/add-ons/mongodb',
  covers: ['ADD-07'],
  title: 'MongoDB asks everybody for a login',
  severity: 'high',
  why: 'Whoever reaches a MongoDB without a login reads, changes and deletes every database in it.',
  repair: 'Set `security.authorization: enabled`, make users, and do not publish port 27017.',
  techniques: ['T1133', 'T1552.007'],
  references: ['https://www.mongodb.com/docs/manual/administration/security-checklist/'],
  intrusiveness: 'reading',
  leaves: 'A connection in the log of MongoDB.',
  doors: { places: ['published', 'service', 'node'], ports: [27017] },
  send: once((door) => {
    if (asksForCertificate(door)) return [];
    // MongoDB answers HTTP with a sentence of its own
    const isOwnPage = /trying to access MongoDB over HTTP/.test(door.greeting.page?.body ?? '');
    const { tls } = door.greeting;
    return talk(isOwnPage ? { ...door, greeting: tls === undefined ? {} : { tls } } : door, listDatabases);
  }),
  judge: (door, asked) => {
    if (asksForCertificate(door)) return behindCertificate;
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = bytesOf(asked);
    // the header of a reply ends with the code of OP_MSG
    if (answer === undefined || answer.bytes.bytes.slice(24, 32) !== 'dd070000') return undefined;
    const reply = answer.bytes.text;
    if (reply.includes('\x04databases\0'))
      return {
        outcome: 'fail',
        message: 'MongoDB lists its databases to anybody who can reach it, without a login.',
        evidence: [shown(answer.asked, 'a list of databases')],
      };
    if (/codeName.{5}(Unauthorized|AuthenticationFailed)/s.test(reply))
      return { outcome: 'pass', message: 'MongoDB asks for a login.', evidence: [shown(answer.asked, 'unauthorized')] };
    return undefined;
  },
});
