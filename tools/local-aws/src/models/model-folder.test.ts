import { interpreterOf } from "./model-folder";

describe("interpreterOf", () => {
  it.each([
    ["a first line", "#!/opt/venv/bin/python3.11\nimport re\n", ["/opt/venv/bin/python3.11"]],
    ["a first line with env", "#!/usr/bin/env python3\nimport re\n", ["/usr/bin/env", "python3"]],
    [
      "pip's second line, for a path that is too long for a first one",
      "#!/bin/sh\n'''exec' \"/a long/path/bin/python\" \"$0\" \"$@\"\n' '''\n",
      ["/a long/path/bin/python"],
    ],
    ["no line of a shell script", '#!/usr/bin/env bash\nexec pyenv exec "$@"\n', undefined],
    ["nothing of a binary", "\u007fELF", undefined],
  ])("finds Python in %s", (_where, script, command) => {
    expect(interpreterOf(script)).toEqual(command);
  });
});
