import type { FileFact, NodeFilesFact } from '../../../core/facts/index.ts';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { redact } from '../../../core/redact.ts';
import { layoutOf } from './layout.ts';
import { Record as Line, permissionsOf, textOf, visible } from './records.ts';

/** What a log tells of its node, without the node's name. */
export type Seen = Omit<Extract<NodeFilesFact, { readonly read: true }>, 'node' | 'role'>;

/** Longest log that is read, in characters; the script's own limits keep it far below. */
export const longestLog = 4_000_000;

const refused = 'the node refused to show it';

/** The lines between header and trailer. Both carry the nonce of this pod and the trailer the number of records, so a log that was cut or belongs to another pod is noticed. */
const linesOf = (log: string, nonce: string): Result<readonly string[]> => {
  if (log.length > longestLog) return failed('answer-invalid', 'The log of the pod is longer than anything the scan would have written.');
  const [header, ...rest] = log.split('\n');
  const [, ...body] = rest.toReversed().slice(rest.at(-1) === '' ? 1 : 0);
  const trailer = rest.at(rest.at(-1) === '' ? -2 : -1);
  if (header !== `gatehouse-node-facts\t1\t${nonce}`)
    return failed('answer-invalid', 'The log of the pod does not begin as the scan would have it; does the image hold a POSIX shell?');
  if (trailer !== `end\t${nonce}\t${body.length}`)
    return failed(
      'answer-invalid',
      'The log of the pod was cut before its end; scan again, and look at the log rotation of the kubelet if it stays so.',
    );
  return succeed(body.toReversed());
};

/** Collects what the records say, in their order. */
const gather = () => {
  const files = new Map<string, FileFact>();
  const looked = new Set<string>();
  const unreadable = new Map<string, string>();
  const programs = new Map<string, { readonly runsIn: 'host' | 'static-pod' | 'pod'; readonly argv: string[] }>();
  const settings = new Map<string, string>();
  const documents = new Map<string, string[]>();
  const names = { user: new Map<string, string>(), group: new Map<string, string>() };
  let system: string | undefined;
  let argv: string[] = [];
  let lines: string[] = [];
  const path = (field: string): string => visible(textOf(field));
  const cannot = (field: string, reason: string): void => void unreadable.set(path(field), reason);

  const take = (record: Line): void => {
    switch (record[0]) {
      case 'system':
        system ??= path(record[1]);
        return;
      case 'process': {
        const program = path(record[2]);
        const known = programs.get(program);
        argv = [];
        // where a program runs more than once, the node's own goes before a pod's
        if (!known || (known.runsIn === 'pod' && record[1] !== 'pod')) programs.set(program, { runsIn: record[1], argv });
        return;
      }
      case 'argument':
        argv.push(path(record[1]));
        return;
      case 'setting':
        settings.set(path(record[1]), path(record[2]));
        return;
      case 'file': {
        const [, asked, real, mode, uid, gid] = record;
        const [name, target] = [path(asked), path(real)];
        const kind = mode.startsWith('d') ? 'folder' : mode.startsWith('-') ? 'file' : 'other';
        looked.add(name);
        files.set(name, {
          path: name,
          ...(target === name ? {} : { target }),
          kind,
          mode: permissionsOf(mode),
          uid: Number(uid),
          gid: Number(gid),
          user: uid,
          group: gid,
        });
        return;
      }
      case 'gone':
        looked.add(path(record[1]));
        return;
      case 'denied':
        looked.add(path(record[1]));
        cannot(record[1], refused);
        return;
      case 'more':
        cannot(record[1], `it holds more than the ${record[2]} entries that are looked at`);
        return;
      case 'document':
        lines = [];
        documents.set(path(record[1]), lines);
        return;
      case 'text':
        lines.push(textOf(record[1]));
        return;
      case 'long':
        documents.delete(path(record[1]));
        cannot(record[1], 'it is longer than what is read');
        return;
      case 'strange':
        cannot(record[1], 'its content is not what its place demands, so it was not read');
        return;
      case 'user':
      case 'group': {
        const [kind, number, name] = record;
        if (!names[kind].has(number)) names[kind].set(number, path(name));
        return;
      }
      case 'full':
      case 'blind':
        return;
    }
  };

  const finish = (): Seen => {
    const named = [...files].map(([name, file]): [string, FileFact] => [
      name,
      { ...file, user: names.user.get(file.user) ?? file.user, group: names.group.get(file.group) ?? file.group },
    ]);
    const seen = {
      files: Object.fromEntries(named),
      looked: [...looked].toSorted(),
      unreadable: Object.fromEntries(unreadable),
      argv: Object.fromEntries([...programs].map(([program, one]) => [program, one.argv])),
      runsIn: Object.fromEntries([...programs].map(([program, one]) => [program, one.runsIn])),
      kubeletSettings: Object.fromEntries(settings),
      documents: Object.fromEntries([...documents].map(([name, text]) => [name, redact(`${text.join('\n')}\n`)])),
    };
    return { read: true, layout: layoutOf(system, seen), ...seen };
  };
  return { take, finish };
};

/** Reads the log of a pod. Nothing in it is believed that does not have the shape of a record. */
export const parseLog = (log: string, nonce: string): Result<Seen> => {
  const lines = linesOf(log, nonce);
  if (!lines.ok) return lines;
  const { take, finish } = gather();
  for (const line of lines.value) {
    const record = Line.safeParse(line.split('\t'));
    if (!record.success)
      return failed('answer-invalid', 'The log of the pod holds a line that the scan did not write; the node may have been tampered with.');
    if (record.data[0] === 'full')
      return failed(
        'answer-invalid',
        'The node holds more files or processes than a scan looks at, so what was not seen there is not known.',
      );
    take(record.data);
  }
  return succeed(finish());
};
