import type { FileFact } from '../../core/facts/index.ts';
import type { Evidence, Judgement } from '../../core/finding.ts';
import { fail, notApplicable, pass, unknown } from '../check.ts';
import { fileSubject, judgeFile, look, type Rule, runOnNode } from './files.ts';
import { existing, type LookedAtNode, within } from './node-place.ts';
import { cniFolders, cniState } from './node-places.ts';
import { count, few, join, upTo } from './words.ts';

/** `2 files and 1 folder: a.crt, etcd, etcd/b.crt`: by the names they have inside the folder, so that equal names can be told apart. */
const listed = (folder: string, files: readonly FileFact[]): string => {
  const folders = files.filter(({ kind }) => kind === 'folder').length;
  const numbers = [
    ...(folders < files.length ? [count(files.length - folders, 'file')] : []),
    ...(folders > 0 ? [count(folders, 'folder')] : []),
  ];
  const names = files.map(({ path }) => (path === folder ? '.' : path.slice(folder.length + 1))).toSorted();
  return `${join(numbers)}: ${few(names, 20)}`;
};

/** What was not seen of a folder: that it holds more than is looked at, or entries that could not be read. */
const unseen = (node: LookedAtNode, folder: string): readonly Evidence[] =>
  Object.entries(node.unreadable)
    .filter(([path]) => path === folder || path.startsWith(`${folder}/`))
    .map(([looked, found]) => ({ source: `node ${node.node}`, looked, found }));

/** One judgement on a folder for all files in it that are right, or that could not be looked at. */
const judgeRest = (node: LookedAtNode, rule: Rule, folder: string, right: readonly FileFact[], others: boolean): readonly Judgement[] => {
  const left = unseen(node, folder);
  const subject = fileSubject(node, folder);
  const evidence =
    right.length === 0
      ? []
      : [{ source: `node ${node.node}`, looked: `files in ${folder} that ${rule.demanded}`, found: listed(folder, right) }];
  if (left.length > 0) return [unknown(subject, `Not everything in ${folder} could be looked at.`, ...upTo([...left, ...evidence]))];
  return right.length === 0
    ? []
    : [pass(subject, `All ${others ? 'other ' : ''}files looked at in ${folder} ${rule.demanded}.`, ...evidence)];
};

/**
 * What a rule says of the files in a folder. Many files would be many findings, so those that are right share one, on the folder. Those that are wrong have
 * one each or, where names come and go (one file per pod), share one as well; `together` then says what keeps the repair from being undone.
 */
export const judgeFolder = (
  node: LookedAtNode,
  rule: Rule,
  folder: string,
  files: readonly FileFact[],
  together?: string,
): readonly Judgement[] => {
  const right = files.filter((file) => rule.holds(file));
  const wrong = files.filter((file) => !rule.holds(file));
  const [first] = wrong;
  if (together === undefined || !first)
    return [...wrong.map((file) => judgeFile(node, rule, file)), ...judgeRest(node, rule, folder, right, wrong.length > 0)];
  const kinds = [...new Set(wrong.map((file) => rule.wrong(file)))];
  const message = `In ${folder} not every file is as demanded: ${wrong.length} of ${count(files.length, 'file')}, and each ${few(kinds, 3)}.`;
  const evidence = upTo([...wrong.map((file) => look(node, rule, file)), ...unseen(node, folder)]);
  return [
    {
      ...fail(fileSubject(node, folder), message, ...evidence),
      repair: runOnNode(`find ${folder} -type f -exec ${rule.command(first, '{}')} +`, together),
    },
  ];
};

const nothingIn = (node: LookedAtNode, folders: readonly string[], what: string): Judgement =>
  notApplicable({ kind: 'Node', name: node.node, role: node.role, node: node.node }, `This node keeps no ${what}.`, {
    source: `node ${node.node}`,
    looked: folders.join(', '),
    found: `no ${what}`,
  });

/** `judgeFolder` for those of some folders that hold any of these files; says so when none does. */
export const judgeFolders = (
  node: LookedAtNode,
  rule: Rule,
  folders: readonly string[],
  files: readonly FileFact[],
  what: string,
): readonly Judgement[] => {
  const judgements = folders.flatMap((folder) =>
    judgeFolder(
      node,
      rule,
      folder,
      [...existing(node, [folder]), ...within(node, [folder])].filter((file) => files.includes(file)),
    ),
  );
  return judgements.length > 0 ? judgements : [nothingIn(node, folders, what)];
};

/** The plugin's lock: always there, always empty, and always made with mode 750. */
const isLock = (path: string): boolean => path.startsWith(`${cniState}/`) && path.endsWith('/lock');

/** The plugin writes a file for every new pod, whatever was set before. */
const stateStays =
  'let the network plugin write new ones so: as root, and with mode 600 by a newer version of it or a container runtime that starts with umask 077';

/** What a rule says of the files of the network plugin: its configuration file by file, its state, one file per pod, as one. */
export const judgeNetworkFolders = (node: LookedAtNode, files: readonly FileFact[], rule: Rule): readonly Judgement[] => {
  const plain = files.filter(({ kind, path }) => kind === 'file' && !isLock(path));
  const judgements = cniFolders.flatMap((folder) =>
    judgeFolder(
      node,
      rule,
      folder,
      within(node, [folder]).filter((file) => plain.includes(file)),
      folder === cniState ? stateStays : undefined,
    ),
  );
  return judgements.length > 0 ? judgements : [nothingIn(node, cniFolders, 'files of a network plugin')];
};
