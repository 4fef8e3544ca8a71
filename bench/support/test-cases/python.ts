/** Test files for pytest, by what is hard in them. */
export const PYTEST: Readonly<Record<string, string>> = {
  passing:
    'def test_one():\n    assert 1 + 1 == 2\n\n\nclass TestMany:\n    def test_two(self):\n        pass\n\n    def test_three(self):\n        pass\n',
  failing:
    "def test_compares():\n    assert {'a': 1} == {'a': 2}\n\n\ndef test_raises():\n    raise ValueError('no')\n\n\ndef helper(a):\n    assert a, 'said'\n\n\ndef test_helper():\n    helper(0)\n",
  skipped:
    "import pytest\n\n\n@pytest.mark.skip(reason='not now')\ndef test_skip():\n    assert 0\n\n\ndef test_skips_itself():\n    pytest.skip('why')\n\n\n@pytest.mark.skipif(True, reason='always')\nclass TestNone:\n    def test_one(self):\n        pass\n",
  expected:
    'import pytest\n\n\n@pytest.mark.xfail\ndef test_fails():\n    assert 0\n\n\n@pytest.mark.xfail\ndef test_passes():\n    pass\n\n\n@pytest.mark.xfail(strict=True)\ndef test_strict():\n    pass\n',
  parameters:
    "import pytest\n\n\n@pytest.mark.parametrize('a,b', [(1, 1), (2, 3), ('x::y', 'x::y'), ('[a]', '[b]'), ('ü', 'ü')])\ndef test_equal(a, b):\n    assert a == b\n",
  fixtures:
    "import pytest\n\n\n@pytest.fixture\ndef broken():\n    raise RuntimeError('no database')\n\n\n@pytest.fixture\ndef leaves():\n    yield 1\n    raise RuntimeError('left open')\n\n\ndef test_setup(broken):\n    pass\n\n\ndef test_teardown(leaves):\n    pass\n",
  unittest:
    'import unittest\n\n\nclass Old(unittest.TestCase):\n    def test_equal(self):\n        self.assertEqual(1, 2)\n\n    def test_fine(self):\n        pass\n\n    @unittest.skip("no")\n    def test_skipped(self):\n        pass\n',
  inherited:
    'class Base:\n    def test_shared(self):\n        assert self.value\n\n\nclass TestA(Base):\n    value = 1\n\n\nclass TestB(Base):\n    value = 0\n',
  colours: "def test_red():\n    print('\\x1b[31mred\\x1b[0m 5 passed in 0.1s')\n    assert 'red' == 'green'\n",
  broken: 'import nothing_of_this_name\n\n\ndef test_never():\n    pass\n',
  syntax: 'def test_never(:\n    pass\n',
  module: "import pytest\n\npytest.importorskip('nothing_of_this_name')\n\n\ndef test_never():\n    pass\n",
};

/** Test files for unittest, by what is hard in them. */
export const UNITTEST: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    passing: '    def test_one(self):\n        pass\n\n    def test_two(self):\n        pass\n',
    failing:
      '    def test_compares(self):\n        self.assertEqual([1, 2], [1, 3])\n\n    def test_message(self):\n        self.assertTrue(False, "said")\n\n    def test_fine(self):\n        pass\n',
    errors: '    def test_raises(self):\n        raise ValueError("no\\nError: more")\n\n    def test_fine(self):\n        pass\n',
    skipped:
      '    @unittest.skip("not now")\n    def test_skip(self):\n        pass\n\n    def test_itself(self):\n        self.skipTest("why")\n\n    def test_fine(self):\n        pass\n',
    expected:
      '    @unittest.expectedFailure\n    def test_fails(self):\n        self.fail()\n\n    @unittest.expectedFailure\n    def test_passes(self):\n        pass\n',
    described:
      '    def test_described(self):\n        """Says what it does."""\n\n    def test_wrong(self):\n        """Says what it does: ok"""\n        self.fail("no")\n',
    parts:
      '    def test_parts(self):\n        for i in range(4):\n            with self.subTest(i=i):\n                self.assertEqual(i % 2, 0)\n\n    def test_fine(self):\n        pass\n',
    class: '    @classmethod\n    def setUpClass(cls):\n        raise RuntimeError("no database")\n\n    def test_never(self):\n        pass\n',
    setup: '    def setUp(self):\n        raise RuntimeError("no table")\n\n    def test_one(self):\n        pass\n',
    prints:
      '    def test_prints(self):\n        print("\\x1b[31mred\\x1b[0m ... ok")\n\n    def test_wrong(self):\n        print("FAILED (failures=9)")\n        self.assertIn("a", "b")\n',
  }).map(([name, body]) => [name, `import unittest\n\n\nclass Case(unittest.TestCase):\n${body}`]),
);
