import { expect, test } from '@jest/globals';
import { toolMessage } from '../../src/render/tool-message.ts';

const ROOT = '/scratch/x1/repo';

test.each([
  ['what kubectl and helm print', 'Error: no such file /scratch/x1/repo/web.yaml\n', 'no such file web.yaml'],
  [
    'what a kubectl logs in one line',
    'E1126 03:31:03.052220   14003 run.go:72] "command failed" err="no such file \\"/scratch/x1/repo/web.yaml\\""\n',
    'no such file "web.yaml"',
  ],
  [
    'what it logs in several',
    'E1126 03:31:03.154814   14008 run.go:72] "command failed" err=<\n\tyaml: unmarshal errors:\n\t  line 5: key "name"\n >\n',
    'yaml: unmarshal errors: line 5: key "name"',
  ],
])('%s', (_, stderr, message) => {
  expect(toolMessage(stderr, ROOT)).toBe(message);
});
