import { bandsOf, openGroups, talliesOf, type Band } from "./bands";
import { Proof } from "./proof";
import { drop } from "../src/testing/mutations/mutation";
import { chromiumPath } from "../src/testing/chromium";
import { manyLobs } from "../src/testing/many-lobs";
import { sampleConfig, sampleState } from "../src/testing/sample";
import { samplePageData } from "../src/testing/sample-page";
import { verify } from "../src/verify";
import { Groups } from "../src/page/groups";
import { htmlPage } from "../src/page/html";

jest.setTimeout(30_000);

const broken = drop("lob-a", "aws_route")(sampleState());
const data = samplePageData(broken, sampleConfig);
const proofs = data.matrices.map((matrix) => new Proof(matrix));

describe("the page's data", () => {
  it("hold every cell of the verification", () => {
    const { matrices } = verify(broken, sampleConfig);
    for (const { name, cells } of matrices) {
      const proof = proofs.find((each) => each.name === name)!;
      expect(proof.cellCount).toBe(cells.length);
      cells.forEach(({ row, column, outcome, expected, reason, steps }, index) => {
        const place = {
          row: Math.floor(index / proof.columns.length),
          column: index % proof.columns.length,
        };
        expect([proof.rows[place.row]?.id, proof.columns[place.column]?.id]).toEqual([row, column]);
        expect(proof.kind(place)).toMatchObject({ outcome, expected, reason, steps });
      });
    }
  });

  it("hold the same surprises as the verification", () => {
    const found = proofs.reduce((sum, { surprises }) => sum + surprises.length, 0);
    expect(found).toBe(verify(broken, sampleConfig).surprises.length);
    expect(data.surpriseCount).toBe(found);
  });

  it("hold a box for every network and a line for every attachment", () => {
    const { boxes, lines } = data.drawing;
    expect(boxes.map(({ title }) => title)).toEqual(
      expect.arrayContaining(["networking (hub)", "access", "lob-a", "lob-b", "Transit Gateway"]),
    );
    expect(lines.filter(({ to }) => to.startsWith("tgw-"))).toHaveLength(4);
  });

  it("stay small with forty lines of business", async () => {
    const { state, config } = manyLobs(40);
    const html = await htmlPage(samplePageData(state, config));
    expect(html.length).toBeLessThan(250_000);
  });
});

describe("the page", () => {
  it("shows markup in names as text", async () => {
    const html = await htmlPage({ ...data, environment: "</title><script>alert(1)</script>" });
    expect(html).not.toContain("<script>alert");
    expect(html.match(/<script/g)).toHaveLength(2);
  });
});

describe("groups", () => {
  const groups = new Groups(sampleConfig);

  it.each([
    ["lob-a", "lob-a"],
    ["Studio of lob-b", "lob-b"],
    ["presign function for user-lob-b", "lob-b"],
    ["arn:aws:iam::222222222222:role/studio-access/local/studio-access-local-lob-a-access", "lob-a"],
    ["arn:aws:iam::111111111111:role/studio-access/local/studio-access-local-presign", "shared"],
    ["administrator of shared services", "shared"],
  ])("%s belongs to %s", (id, group) => {
    expect(groups.names[groups.of(id)]).toBe(group);
  });

  it("give equal rows of different lines of business the same shape", () => {
    const shapes = ["lob-a/user-lob-a", "lob-b/user-lob-b"].map((id) => groups.shapeOf(id, id));
    expect(shapes).toEqual(["LOB/USER", "LOB/USER"]);
  });
});

describe("a folded table", () => {
  const presign = proofs.find(({ name }) => name === "presign")!;

  it("counts cells within one line of business apart from the others, and loses none", () => {
    const open = new Set([0]);
    const [rows, columns] = [bandsOf(presign.rows, open), bandsOf(presign.columns, open)];
    const total = (row: Band, column: Band): number =>
      talliesOf(presign, row, column).reduce((sum, { count }) => sum + count, 0);
    const counted = rows.flatMap((row) => columns.map((column) => total(row, column)));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(presign.cellCount);
    const users = rows.find(({ label }) => label === "presign function for USER × 2")!;
    expect(
      talliesOf(presign, users, columns[0]!).map(({ relation, outcome, count }) => [
        relation,
        outcome,
        count,
      ]),
    ).toEqual([
      ["own", "sagemaker-api + studio", 2],
      ["other", "no", 2],
    ]);
  });

  it("puts surprises first", () => {
    const reach = proofs.find(({ name }) => name === "reach")!;
    const [row] = bandsOf(reach.rows, new Set([0])).filter(({ folded }) => folded);
    const [column] = bandsOf(reach.columns, undefined);
    expect(talliesOf(reach, row!, column!)[0]).toMatchObject({
      surprise: true,
      outcome: "refused",
      count: 1,
    });
  });

  it("unfolds the groups that hold a surprise, or the chosen one", () => {
    const { state, config } = manyLobs(30);
    const many = new Proof(samplePageData(state, config).matrices[1]!);
    expect(openGroups(many, undefined, new Set([7]))).toEqual(new Set([0, 7]));
    expect(openGroups(many, 3, new Set([7]))).toEqual(new Set([0, 3]));
    expect(openGroups(presign, undefined, new Set())).toBeUndefined();
  });
});

describe("looking for a browser", () => {
  it("says what to do when the file that CHROME_PATH names does not exist", () => {
    expect(() => chromiumPath({ CHROME_PATH: "/nowhere/chrome" })).toThrow(
      "CHROME_PATH names /nowhere/chrome",
    );
  });
});
