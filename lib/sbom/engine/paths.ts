export interface ImagePath {
  /** Without a leading slash, `.` and `..` resolved; empty for the root itself. */
  readonly path: string;
  /** It pointed above the root, where container runtimes hold it, too. */
  readonly escapes: boolean;
}

/** Nearly every name is plain; only the others are taken apart. */
const isPlain = (name: string): boolean =>
  name !== '' &&
  name.charCodeAt(0) !== 0x2f &&
  name.charCodeAt(0) !== 0x2e &&
  !name.includes('//') &&
  !name.includes('/.') &&
  !name.endsWith('/');

const resolveParts = (name: string): ImagePath => {
  const parts: string[] = [];
  let escapes = false;
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) escapes = true;
  }
  return { path: parts.join('/'), escapes };
};

/** Where a name in a layer leads: as container runtimes take it, relative to the root and never above it. */
export const imagePath = (name: string): ImagePath => {
  const shortened = name.startsWith('./') ? name.slice(2) : name;
  return isPlain(shortened) ? { path: shortened, escapes: false } : resolveParts(shortened);
};

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Where a symbolic link leads, as a path in the image. */
export const linkTarget = (path: string, target: string): string =>
  imagePath(target.startsWith('/') ? target : `${folderOf(path)}/${target}`).path;
