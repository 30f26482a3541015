import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto } from "../../server/call";
import { childrenOf, descendant, parseXml, textAt, type XmlElement } from "../../server/xml";

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html, `AddTags` */
const MOST_TAGS = 10;

/**
 * Refuses a change of tags after which the resource would have more than ten, in however many calls. The model limits one
 * call alone. The code is one of the operation's; the words are our reading.
 *
 * @throws {AwsError} `InvalidInput`
 */
export async function requireRoomForTags(moto: Pick<Moto, "rest">, call: AwsCall): Promise<void> {
  const request = parseXml(call.body.toString());
  const added = keysIn(request, "AddTags");
  if (added.length === 0) return;
  const { account, region, url } = call;
  const reply = await moto.rest("route53", account, region, "GET", url.pathname);
  // What is not there is moto's to refuse.
  if (reply.status >= 300) return;
  const present = keysIn(parseXml(reply.body.toString()), "ResourceTagSet", "Tags");
  const keys = new Set([...present, ...added]);
  for (const key of childrenOf(descendant(request, "RemoveTagKeys") ?? request, "Key"))
    keys.delete(textAt(key) ?? "");
  if (keys.size > MOST_TAGS)
    throw new AwsError(
      "InvalidInput",
      `A resource can have at most ${MOST_TAGS} tags; this one would have ${keys.size}.`,
    );
}

function keysIn(root: XmlElement, ...path: readonly string[]): string[] {
  const list = descendant(root, ...path);
  return list ? childrenOf(list, "Tag").map((tag) => textAt(tag, "Key") ?? "") : [];
}
