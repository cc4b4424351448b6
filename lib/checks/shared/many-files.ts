import type { FileFact } from '../../core/facts/index.ts';
import type { Evidence, Judgement } from '../../core/finding.ts';
import { fail, notApplicable, pass, unknown } from '../check.ts';
import { fileSubject, judgeFile, look, type Rule, runOnNode } from './files.ts';
import { existing, type LookedAtNode, within } from './node-place.ts';
import { cniFolders, cniState } from './node-places.ts';
import { count, few, upTo } from './words.ts';

const names = (files: readonly FileFact[]): string =>
  few(
    files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    20,
  );

/** What was not seen of a folder: that it holds more than is looked at, or entries that could not be read. */
const unseen = (node: LookedAtNode, folder: string): readonly Evidence[] =>
  Object.entries(node.unreadable)
    .filter(([path]) => path === folder || path.startsWith(`${folder}/`))
    .map(([looked, found]) => ({ source: `node ${node.node}`, looked, found }));

/** One judgement on a folder for all files in it that are right, or that could not be looked at. */
const judgeRest = (node: LookedAtNode, folder: string, right: readonly FileFact[], others: boolean): readonly Judgement[] => {
  const left = unseen(node, folder);
  const subject = fileSubject(node, folder);
  const found = `${count(right.length, 'file')} as demanded: ${names(right)}`;
  const evidence = right.length === 0 ? [] : [{ source: `node ${node.node}`, looked: `files in ${folder}`, found }];
  if (left.length > 0) return [unknown(subject, `Not everything in ${folder} could be looked at.`, ...upTo([...left, ...evidence]))];
  return right.length === 0
    ? []
    : [pass(subject, `All ${others ? 'other ' : ''}files looked at in ${folder} are as demanded.`, ...evidence)];
};

/**
 * What a rule says of the files in a folder. Many files would be many findings, so those that are right share one, on the folder. Those that are wrong have
 * one each or, where names come and go (one file per pod), share one as well.
 */
export const judgeFolder = (
  node: LookedAtNode,
  rule: Rule,
  folder: string,
  files: readonly FileFact[],
  wrongTogether = false,
): readonly Judgement[] => {
  const right = files.filter((file) => rule.holds(file));
  const wrong = files.filter((file) => !rule.holds(file));
  const [first] = wrong;
  if (!wrongTogether || !first)
    return [...wrong.map((file) => judgeFile(node, rule, file)), ...judgeRest(node, folder, right, wrong.length > 0)];
  const kinds = [...new Set(wrong.map((file) => rule.wrong(file)))];
  const message = `In ${folder} not every file is as demanded: ${count(wrong.length, 'file')} of ${files.length}, and each ${few(kinds, 3)}.`;
  const evidence = upTo([...wrong.map((file) => look(node, rule, file)), ...unseen(node, folder)]);
  return [
    {
      ...fail(fileSubject(node, folder), message, ...evidence),
      repair: runOnNode(`find ${folder} -type f -exec ${rule.command(first, '{}')} +`),
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

/** What a rule says of the files of the network plugin: its configuration file by file, its state, one file per pod, as one. */
export const judgeNetworkFolders = (node: LookedAtNode, files: readonly FileFact[], rule: Rule): readonly Judgement[] => {
  const plain = files.filter(({ kind, path }) => kind === 'file' && !isLock(path));
  const judgements = cniFolders.flatMap((folder) =>
    judgeFolder(
      node,
      rule,
      folder,
      within(node, [folder]).filter((file) => plain.includes(file)),
      folder === cniState,
    ),
  );
  return judgements.length > 0 ? judgements : [nothingIn(node, cniFolders, 'files of a network plugin')];
};
