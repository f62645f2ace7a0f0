/** What the system's errors mean for a file that was to be written or read, and what to do. */
const SYSTEM: Record<string, string> = {
  EISDIR: 'this is a folder; name a file',
  EEXIST: 'a file stands where a folder is needed; choose another place',
  ENOTDIR: 'a part of this path is a file and no folder; choose another place',
  ENOENT: 'there is no such file or folder',
  EACCES: 'no permission to do this; choose another place or change its permissions',
  EPERM: 'no permission to do this; choose another place or change its permissions',
  EROFS: 'this place is read-only; choose another',
  ENOSPC: 'the disk is full; make room or choose another place',
  ENAMETOOLONG: 'this name is too long; choose a shorter one',
}

/** What went wrong and what to do, for the user. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // a rename fails at its second path
  const { code = '', path, dest } = error as NodeJS.ErrnoException & { dest?: string }
  const words = SYSTEM[code]
  return words === undefined || path === undefined ? error.message : `${dest ?? path}: ${words}`
}
