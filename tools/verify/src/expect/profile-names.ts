/**
 * The profile's name of a user, from the description in docs/identity.md alone: verify must not take the name from the
 * code that it checks.
 */
export function expectedProfile(user: string): string {
  if (/^[A-Za-z0-9-]+$/.test(user)) return user;
  let name = "m--";
  for (let at = 0; at < user.length; at += 1) {
    const character = user.charAt(at);
    const beforeText = /[A-Za-z0-9]/.test(user.charAt(at + 1));
    if (/[A-Za-z0-9]/.test(character)) name += character;
    else if (beforeText && character === "-") name += "-";
    else if (beforeText && character === ".") name += "--";
    else if (beforeText && character === "@") name += "---";
    else name += `----${user.charCodeAt(at).toString(16)}`;
  }
  return name;
}
