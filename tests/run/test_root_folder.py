"""Where the embedded database goes when root's checkout cannot be reached by its account."""

from factcheck.embedded import places


def test_a_new_checkout_leaves_alone_what_an_earlier_one_at_its_path_has_left(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(places, "FOLDERS_FOR_ROOT", (tmp_path,))
    var = tmp_path / "checkout" / "var"
    first = places.folder_for_root(var, is_new=True)
    assert places.folder_for_root(var) == first
    second = places.folder_for_root(var, is_new=True)
    assert second != first
    assert places.folder_for_root(var) == second
    eleven = [places.folder_for_root(var, is_new=True) for _ in range(9)][-1]
    assert eleven.name.endswith("-11")
    assert places.folder_for_root(var) == eleven
