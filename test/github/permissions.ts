type Needed = readonly (readonly [permission: string, level: 'read' | 'write'])[];

/** Any one of these is enough; none is needed for what is not listed. Source: GitHub's list of permissions for Apps. */
const PERMISSIONS: Readonly<Record<string, Needed>> = {
  'git/get-blob': [['contents', 'read']],
  'git/get-tree': [['contents', 'read']],
  'repos/compare-commits': [['contents', 'read']],
  'repos/get-commit': [['contents', 'read']],
  'repos/get-content': [['contents', 'read']],
  'repos/download-tarball-archive': [['contents', 'read']],
  'checks/create': [['checks', 'write']],
  'checks/update': [['checks', 'write']],
  'checks/get': [['checks', 'read']],
  'checks/list-for-ref': [['checks', 'read']],
  'pulls/get': [['pull_requests', 'read']],
  'pulls/list': [['pull_requests', 'read']],
  'pulls/list-files': [['pull_requests', 'read']],
  'pulls/list-reviews': [['pull_requests', 'read']],
  'pulls/list-review-comments': [['pull_requests', 'read']],
  'repos/list-pull-requests-associated-with-commit': [['pull_requests', 'read']],
  'pulls/create-review': [['pull_requests', 'write']],
  'issues/list-comments': [
    ['issues', 'read'],
    ['pull_requests', 'read'],
  ],
  'issues/get-comment': [
    ['issues', 'read'],
    ['pull_requests', 'read'],
  ],
  'issues/create-comment': [
    ['issues', 'write'],
    ['pull_requests', 'write'],
  ],
  'issues/update-comment': [
    ['issues', 'write'],
    ['pull_requests', 'write'],
  ],
  'issues/delete-comment': [
    ['issues', 'write'],
    ['pull_requests', 'write'],
  ],
  'reactions/create-for-issue-comment': [
    ['issues', 'write'],
    ['pull_requests', 'write'],
  ],
};

export function permissionFor(operation: string): Needed {
  return PERMISSIONS[operation] ?? [];
}
