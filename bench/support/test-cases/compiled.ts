/** Test files of Go packages, by what is hard in them. */
export const GO: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    passing: 'func TestOne(t *testing.T) {}\n\nfunc TestTwo(t *testing.T) { t.Log("quiet") }\n',
    failing:
      'func TestError(t *testing.T) {\n\tt.Errorf("want %d, got %d", 1, 2)\n\tt.Error("more\\nlines")\n}\n\nfunc TestFatal(t *testing.T) { t.Fatal("stop") }\n\nfunc TestFine(t *testing.T) {}\n',
    skipped: 'func TestSkip(t *testing.T) { t.Skip("later") }\n\nfunc TestFine(t *testing.T) {}\n',
    table:
      'func TestTable(t *testing.T) {\n\tfor _, one := range []struct{ name string; ok bool }{{"a", true}, {"b c", false}, {"d/e", true}, {"", true}, {"a", true}} {\n\t\tt.Run(one.name, func(t *testing.T) {\n\t\t\tif !one.ok {\n\t\t\t\tt.Error("bad")\n\t\t\t}\n\t\t})\n\t}\n}\n',
    nested:
      'func TestOuter(t *testing.T) {\n\tt.Run("in", func(t *testing.T) {\n\t\tt.Run("deep", func(t *testing.T) { t.Fatal("deep down") })\n\t\tt.Run("fine", func(t *testing.T) {})\n\t})\n}\n',
    parallel:
      'func TestA(t *testing.T) { t.Parallel(); t.Log("a") }\n\nfunc TestB(t *testing.T) { t.Parallel(); t.Error("b") }\n\nfunc TestC(t *testing.T) { t.Parallel() }\n',
    panics: 'func TestPanics(t *testing.T) {\n\tvar m map[string]int\n\tm["a"] = 1\n}\n\nfunc TestNever(t *testing.T) {}\n',
    exits: 'func TestExits(t *testing.T) { os.Exit(3) }\n\nvar _ = os.Args\n',
    examples: 'func Example() {\n\tfmt.Println("hi")\n\t// Output: hello\n}\n\nfunc Example_fine() {\n\tfmt.Println("hi")\n\t// Output: hi\n}\n',
    prints:
      'func TestPrints(t *testing.T) { fmt.Print("no end\\x1b[31m"); fmt.Println("--- PASS: TestFake (0.00s)") }\n\nfunc TestWrong(t *testing.T) { fmt.Print("no end"); t.Fail() }\n',
    broken: 'func TestNever(t *testing.T) { undefinedName() }\n',
    vetted: 'func TestVetted(t *testing.T) { fmt.Printf("%d\\n", "text") }\n',
  }).map(([name, body]) => {
    const used = ['fmt', 'os'].filter((one) => body.includes(`${one}.`)).map((one) => `\t"${one}"\n`);
    return [name, `package ${name}\n\nimport (\n${used.join('')}\t"testing"\n)\n\n${body}`];
  }),
);

/** Crates, by what is hard in their tests: the text of `src/lib.rs`, and of `tests/it.rs`. */
export const RUST: Readonly<Record<string, { lib: string; it?: string }>> = {
  passing: { lib: module('    #[test]\n    fn one() {}\n    #[test]\n    fn two() {}\n') },
  failing: {
    lib: module(
      '    #[test]\n    fn compares() { assert_eq!(1 + 1, 3, "said {}", 1); }\n    #[test]\n    fn asserts() { assert!(1 > 2); }\n    #[test]\n    fn panics() { panic!("two\\nlines"); }\n    #[test]\n    fn fine() {}\n',
    ),
  },
  ignored: {
    lib: module(
      '    #[test]\n    #[ignore]\n    fn slow() {}\n    #[test]\n    #[ignore = "needs a network"]\n    fn far() {}\n    #[test]\n    fn fine() {}\n',
    ),
  },
  should_panic: {
    lib: module(
      '    #[test]\n    #[should_panic]\n    fn does() { panic!(); }\n    #[test]\n    #[should_panic]\n    fn does_not() {}\n    #[test]\n    #[should_panic(expected = "this")]\n    fn other() { panic!("that"); }\n',
    ),
  },
  results: {
    lib: module(
      '    #[test]\n    fn errs() -> Result<(), String> { Err("no".into()) }\n    #[test]\n    fn fine() -> Result<(), String> { Ok(()) }\n',
    ),
  },
  nested: {
    lib: module(
      '    mod deep {\n        #[test]\n        fn inner() { assert!(false); }\n        mod deeper {\n            #[test]\n            fn innermost() {}\n        }\n    }\n',
    ),
  },
  integration: {
    lib: 'pub fn add(a: i32, b: i32) -> i32 { a + b }\n',
    it: '#[test]\nfn adds() { assert_eq!(integration::add(1, 2), 3); }\n#[test]\nfn adds_wrong() { assert_eq!(integration::add(1, 2), 4); }\n',
  },
  prints: {
    lib: module(
      '    #[test]\n    fn says() { println!("test fake ... ok"); println!("---- fake stdout ----"); panic!("said"); }\n    #[test]\n    fn quiet() { println!("hidden"); }\n',
    ),
  },
  aborts: { lib: module('    #[test]\n    fn aborts() { std::process::abort(); }\n') },
  documented: {
    lib: '/// Adds.\n/// ```\n/// assert_eq!(documented::add(1, 2), 3);\n/// ```\n/// ```\n/// assert_eq!(documented::add(1, 2), 4);\n/// ```\n/// ```ignore\n/// nothing\n/// ```\npub fn add(a: i32, b: i32) -> i32 { a + b }\n',
  },
};

function module(body: string): string {
  return `#[cfg(test)]\nmod tests {\n${body}}\n`;
}
