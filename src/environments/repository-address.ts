/** `host/org/repo`, however the address of a Git repository is written (https, ssh, with `.git`). */
export function repositoryAddress(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[a-z+]{1,20}:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(':', '/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
